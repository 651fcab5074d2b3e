"""The language of a page stands in its address and nowhere else."""

from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageOfAddress(LocaleMiddleware):
    """Django's, without `Vary: Accept-Language` on pages whose address has no prefix.

    They are Chinese whatever a browser prefers, so a proxy may keep one copy for all readers; Django says
    otherwise because other sites let the browser choose there.
    """

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
