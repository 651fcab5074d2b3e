"""What no address of ours ever holds is refused at the door."""

from django.core.exceptions import BadRequest

NUL = "\0"


class RefuseNul:
    """
    Answers 400 to a NUL character in a path, a query or a cookie.

    PostgreSQL stores no such character, so a lookup with one is an error of the database, and a 500, on that database
    alone; forms refuse it by themselves, addresses and filters do not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if NUL in request.path or NUL in query or "%00" in query or NUL in "".join(request.COOKIES.values()):
            raise BadRequest("NUL in the request")
        return self.get_response(request)
