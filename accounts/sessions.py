"""Sessions that end however busy their owner is."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

SIGNED_IN_AT = "signed_in_at"


class SessionStore(db.SessionStore):
    """
    Django's sessions in the database; one in which somebody has been signed in for SESSION_HOURS is empty.

    Looked at where a session is read, so that no page has to think of it.
    """

    @classmethod
    def get_model_class(cls):
        return db.SessionStore.get_model_class()

    def load(self):
        data = super().load()
        since = data.get(SIGNED_IN_AT)
        if SESSION_KEY in data and since is not None and time.time() - since > settings.SESSION_HOURS * 3600:
            self.delete(self.session_key)
            self._session_key = None
            return {}
        return data
