"""An import makes a million small objects that all live to its end, and none that refer to each other in circles.

Python looks through all of them again and again for circles to collect, a fifth of the whole time; it is told
to wait until the import is over. Their number is bounded by the limits of reading.
"""

import gc
from contextlib import ContextDecorator


class collection_paused(ContextDecorator):
    """No search for circles while this lasts."""

    def __enter__(self):
        self._began_by_us = gc.isenabled()
        gc.disable()

    def __exit__(self, *problem):
        if self._began_by_us:
            gc.enable()

    def _recreate_cm(self):
        return collection_paused()
