from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .acts import ACTS, DETAILS, LASTING


class DevolutionConfig(AppConfig):
    """Who may do what: powers, and the instruments that bring them to townships."""

    name = "devolution"
    verbose_name = _("Powers and transfers")
    acts = ACTS
    act_details = DETAILS
    lasting_acts = LASTING

    def ready(self):
        from accounts.succession import Mover, movers

        from . import desktasks, finding, listkinds
        from .lifecycle import reorganising

        listkinds.register()
        desktasks.register()
        finding.register()
        movers.append(
            Mover(self.verbose_name, reorganising.move, reorganising.differences, reorganising.carry_out)
        )
