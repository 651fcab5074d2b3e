"""
Settings, from the environment only, and safe when nothing is said.

Variables come from the process, else from the file `.env` beside manage.py (another file: PORTAL_ENV_FILE).
`.env.example` lists them all. Development is what needs saying: DEBUG=1, PORTAL_HTTPS=0.
"""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import CSV, XLSX

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # everything the running portal writes

env = environ.Env()
env_file = BASE_DIR / os.environ.get("PORTAL_ENV_FILE", ".env")
if env_file.is_file():
    env.read_env(env_file)  # what the process already has wins

# --- What kind of installation this is ---

# Allows demo accounts with a known password; `check --deploy` calls it an error.
PORTAL_DEMO = env.bool("PORTAL_DEMO", False)
# Off only for a machine of one's own: drops secure cookies, HSTS and the redirect to https.
PORTAL_HTTPS = env.bool("PORTAL_HTTPS", True)
# How many proxies of ours stand in front, each setting X-Forwarded-For and X-Forwarded-Proto.
PORTAL_PROXIES = env.int("PORTAL_PROXIES", 0)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. `make run` writes one into .env; see .env.example.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS:
    if not (DEBUG or PORTAL_DEMO):
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set: list the host names residents type.")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Parts ---

INSTALLED_APPS = [
    # Ours from the top down: an upper app may override a template of what it stands on.
    "township_portal",
    "devolution",
    "catalog",
    "accounts",
    "import_export",
    "django_filters",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "csp",
    "accounts.apps.PortalAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",  # before staticfiles: runserver serves as production does
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that a public page made before is answered without all the others.
    "catalog.keptanswers.KeptAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "township_portal.refusing.RefuseUnreadable",
    # Compressing pages that mirror input beside a secret can leak the secret (BREACH). The only secrets in
    # our pages are CSRF tokens, masked anew in each response, and the middleware pads each response by a
    # random length.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.idling.IdleTimeout",
    "township_portal.language.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as its manual says
]

ROOT_URLCONF = "township_portal.urls"
WSGI_APPLICATION = "township_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Two folders, so that a file's place says its language: public pages are Jinja2, whatever overrides the
# admin or a package is a Django template. The first folder that has the name wins.
TEMPLATES = [
    {
        "BACKEND": "township_portal.jinja2.PublicPages",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {"environment": "township_portal.jinja2.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ---

if env.str("DATABASE_URL", ""):
    database = env.db("DATABASE_URL")
else:
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": "var/portal.sqlite3"}

if database["ENGINE"] == "django.db.backends.sqlite3":
    if database["NAME"] != ":memory:":
        # The same file whichever folder a command is typed in.
        database["NAME"] = BASE_DIR / database["NAME"]
        database["NAME"].parent.mkdir(parents=True, exist_ok=True)
    options = {
        # Readers and one writer side by side; a writer waits at the start of its transaction instead of
        # failing in the middle. Django itself turns foreign keys on.
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    # Opening the file and setting it up costs more than a page asks of it; a sync worker needs it open once.
    database["CONN_MAX_AGE"] = None
else:
    database |= {
        "CONN_MAX_AGE": 0,  # the pool keeps connections instead, and excludes this
        "CONN_HEALTH_CHECKS": True,  # a restarted server costs no reader a page
    }
    # Per process. A sync worker uses one connection at a time; the rest is for commands with threads.
    options = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 4), "timeout": 10},
        # To plan a page's joins costs the server ten times what it takes to carry them out; so what is asked
        # often is planned once.
        "server_side_binding": True,
        "prepare_threshold": 2 if env.bool("DATABASE_PREPARES", True) else None,
    }
# Options in the address itself win: `?sslmode=require`.
DATABASES = {"default": database | {"OPTIONS": options | database.get("OPTIONS", {})}}

# --- Who gets in ---

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.UncommonValidator"},
    {"NAME": "accounts.passwords.ContextValidator"},
    {"NAME": "accounts.passwords.AnotherValidator"},
    {"NAME": "accounts.passwords.KindsValidator"},
]
# Off by default: counted kinds and forced changes make passwords worse. Here they are, where a regulation asks.
PASSWORD_KINDS = env.int("PASSWORD_KINDS", 0)
PASSWORD_DAYS = env.int("PASSWORD_DAYS", 0)
# How long a one-time link to set a password is good for.
PASSWORD_RESET_TIMEOUT = env.int("LINK_HOURS", 24) * 3600

# Roles that sign in with a code of their phone as well; others may.
SECOND_STEP_ROLES = env.list("SECOND_STEP_ROLES", default=[])
OTP_TOTP_ISSUER = "township-portal"

# Name and address together: a whole county sits behind one address, and a name alone would let anyone lock
# out the head clerk. A ceiling far above stands for the name alone (`accounts.locking`).
AXES_HANDLER = "accounts.locking.CeilingHandler"
SIGN_IN_CEILING = env.int("SIGN_IN_CEILING", 50)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_COOLOFF_MESSAGE = _("Too many failed attempts to sign in. Please try again in a quarter of an hour.")
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # its lists know nothing of counties

SESSION_COOKIE_AGE = env.int("SESSION_IDLE_MINUTES", 30) * 60  # prolonged by accounts.idling
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "accounts.sessions"
SESSION_HOURS = env.int("SESSION_HOURS", 12)  # from signing in, however busy

# --- What a browser is told ---

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PORTAL_HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600) if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PORTAL_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORTAL_PROXIES else None
X_FRAME_OPTIONS = "DENY"

# Nothing from elsewhere, and nothing written into a page: no inline script, no inline style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Words and days ---

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# The default of Django 6, chosen early: an address typed without a scheme means https.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- The record of events ---

# How long `purge_events` leaves events alone. The law wants six months (网络安全法 21), the database refuses less.
EVENTS_KEPT_DAYS = env.int("EVENTS_KEPT_DAYS", 3 * 365)

# --- Reports of readers ---

# How long `purge_reports` leaves those alone that have been answered: a receipt is good for that long.
REPORTS_KEPT_DAYS = env.int("REPORTS_KEPT_DAYS", 2 * 365)

# --- Powers handed down ---

# How long after one evaluation the next is due, unless a day is set; provinces differ (行政处罚法 24).
EVALUATION_MONTHS = env.int("EVALUATION_MONTHS", 24)

# --- Files ---

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Uploads are private: no address serves this folder. A view under /admin/files/ that asks who is asking may.
MEDIA_ROOT = BASE_DIR / env.str("MEDIA_ROOT", "var/media")
MEDIA_URL = "/admin/files/"
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Import and export ---

# The library asks for no permission at all unless these are named.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_USE_TRANSACTIONS = True
# Its log is written even for rows that were rolled back; the history of each record is what tells the truth.
IMPORT_EXPORT_SKIP_ADMIN_LOG = True
# Of a dozen formats these two are meant, read and tested.
IMPORT_EXPORT_FORMATS = [XLSX, CSV]

# --- Logs: to stderr, where systemd or a container picks them up ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Not by mail, as Django would; and no second line on a console.
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        # It warns of each HEAD request, because Django leaves dropping the body to the server.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
