"""
The portal's settings, as the tests want them.

Nothing of the machine comes in: neither `.env` nor variables of the shell, above all not a DATABASE_URL
that somebody lives on. TEST_DATABASE_URL is the one door; `tests.both_databases` uses it.
"""

import os
import tempfile
from pathlib import Path

OURS = {
    "PORTAL_ENV_FILE": "tests/none.env",
    "SECRET_KEY": "for-tests-only-" + "abcdefghij" * 5,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL"),
    "PORTAL_HTTPS": "0",
    "LOG_LEVEL": "ERROR",
    "CSRF_TRUSTED_ORIGINS": None,
    "DATABASE_POOL_SIZE": None,
    "DEBUG": None,
    "EVENTS_KEPT_DAYS": None,
    "HSTS_SECONDS": None,
    "LINK_HOURS": None,
    "MEDIA_ROOT": None,
    "PASSWORD_DAYS": None,
    "PASSWORD_KINDS": None,
    "PORTAL_DEMO": None,
    "PORTAL_PROXIES": None,
    "REPORTS_KEPT_DAYS": None,
    "SECRET_KEY_FALLBACKS": None,
    "SECOND_STEP_ROLES": None,
    "SESSION_HOURS": None,
    "SESSION_IDLE_MINUTES": None,
    "SIGN_IN_CEILING": None,
}
for name in OURS:
    os.environ.pop(name, None)
os.environ.update({name: value for name, value in OURS.items() if value})

from township_portal.settings import *  # noqa: E402, F403

# Strong hashing is meant to be slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Pages are looked at without a collectstatic before; test_project proves that one succeeds.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Where running imports leave their locks.
VAR_DIR = Path(tempfile.gettempdir()) / f"portal-tests-{os.getuid()}"
WHITENOISE_AUTOREFRESH = True
