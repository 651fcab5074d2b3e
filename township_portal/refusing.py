"""What no reader's browser ever sends is refused at the door."""

from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import UnreadablePostError
from django.utils import translation

NUL = "\0"
# What Django puts in the place of bytes that it cannot read.
REPLACED = "\ufffd"


class RefuseUnreadable:
    """
    Answers 400 to a NUL character and to bytes that are no UTF-8, in a path, a query, a cookie or a form.

    PostgreSQL stores no NUL, so a lookup with one is an error of the database, and a 500, on that database alone;
    broken bytes would be shown and searched for as something nobody has typed. Files that staff upload hold any
    bytes, so forms with files are looked into by the forms themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        meta = request.META
        is_readable = (
            # Django has written bytes it could not read as %FF again; no address of ours holds such a thing.
            is_text(unquote_to_bytes(request.path_info))
            and is_text(unquote_to_bytes(meta.get("QUERY_STRING", "").encode("latin-1", "replace")))
            and is_text(meta.get("HTTP_COOKIE", "").encode("latin-1", "replace"))
            and NUL not in "".join(request.COOKIES.values())
        )
        if not is_readable:
            refuse()
        try:
            len(request.GET)  # read here, because the page about an error looks at what was asked too
        except TooManyFieldsSent:
            refuse("more questions than any page has")
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Look into a form once its page is known, before anything reads it."""
        if request.content_type == "application/x-www-form-urlencoded":
            try:
                is_readable = is_text(unquote_to_bytes(request.body))
            except UnreadablePostError:  # who sent it has gone
                is_readable = False
        elif request.content_type == "multipart/form-data" and not request.path.startswith("/admin/"):
            said = "".join(name + "".join(values) for name, values in request.POST.lists())
            is_readable = NUL not in said and REPLACED not in said
        else:
            return
        if not is_readable:
            refuse()


def is_text(content: bytes) -> bool:
    """Whether these bytes are UTF-8 without a NUL."""
    try:
        return NUL not in content.decode()
    except UnicodeDecodeError:
        return False


def refuse(reason="NUL or broken bytes in the request"):
    """Nobody has said yet which language the page is in, and the thread may still speak that of another reader."""
    translation.activate(settings.LANGUAGE_CODE)
    raise BadRequest(reason)
