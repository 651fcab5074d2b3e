from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .acts import ACTS, DETAILS, LASTING


class CatalogConfig(AppConfig):
    """What: lists, their editions, and the items a resident asks for."""

    name = "catalog"
    verbose_name = _("Lists and items")
    acts = ACTS
    act_details = DETAILS
    lasting_acts = LASTING

    def ready(self):
        from accounts.following import followers
        from accounts.succession import Mover, movers

        from . import desktasks, listkinds, roadtasks
        from .publishing import handing_on
        from .search import indexing, own

        listkinds.register()
        desktasks.register()
        roadtasks.register()
        own.register()
        followers.append(indexing.rewrite_places)
        movers.append(Mover(_("Handling"), handing_on.move, handing_on.differences))
