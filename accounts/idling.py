"""A desk left alone is signed out; and the moment of signing in is noted, because no session lasts for ever."""

import time

from django.contrib.auth import SESSION_KEY

from .sessions import SIGNED_IN_AT

LAST_SEEN = "last_seen"
STEP = 60  # seconds; finer steps would write the session on every click


class IdleTimeout:
    """
    Prolongs a signed-in session while its owner is at work; without requests it ends after
    SESSION_COOKIE_AGE.

    SESSION_SAVE_EVERY_REQUEST would do the same, but also send a session cookie with public pages that
    never looked at the session and therefore do not say `Vary: Cookie`: a cache could hand the cookie to
    the next reader.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session:
            now = int(time.time())
            if SIGNED_IN_AT not in session:
                session[SIGNED_IN_AT] = now
            if now - session.get(LAST_SEEN, 0) >= STEP:
                session[LAST_SEEN] = now
        return response
