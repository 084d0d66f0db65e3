"""Settings of Reading List. Every choice is an environment variable with a safe default.

README.md lists the variables; a test keeps that table complete.
"""

from datetime import timedelta
from pathlib import Path

from readinglist import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.folder("DATA_DIR", default=BASE_DIR / "var")

DEBUG = environment.boolean("DEBUG", default=False)
SECRET_KEY = environment.secret_key("SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS", default=[])

# modeltranslation stands before admin, which it extends; papers before it, for its loaddata.
INSTALLED_APPS = [
    "papers",
    "papers.journal",
    "papers.search.apps.SearchConfig",
    "modeltranslation",
    "readinglist.apps.ReadingListAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_filters",
    "simple_history",
    "taggit",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "papers.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "papers.middleware.LanguageFromPath",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "readinglist.urls"
WSGI_APPLICATION = "readinglist.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "papers.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ---

DATABASES = {
    "default": environment.database(
        "DATABASE_URL",
        default={
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "reading-list.sqlite3",
            "CONN_MAX_AGE": environment.CONN_MAX_AGE,
        },
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that will write takes its lock at once and waits for it: no "database
        # is locked" half-way through. Readers never wait (WAL). The file is read through the
        # system's cache (mmap, as much of it as SQLite can), which all processes share.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            " PRAGMA mmap_size = 2147418112; PRAGMA cache_size = -16000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# How many public pages are kept, compressed. None where templates are being worked at.
PAGES_KEPT = environment.integer("PAGES_KEPT", default=0 if DEBUG else 2000)
CACHES = {"default": environment.cache("CACHE_URL", entries=PAGES_KEPT + 1000)}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
# Says of a fixture that is wrong which object it is.
SERIALIZATION_MODULES = {"json": "papers.serializers"}
# An admin page of hundreds of entries has some thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# A long list may be pasted. Longer ones come as files, which wait on the disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000

TAGGIT_CASE_INSENSITIVE = True

# --- Registries ---

# Hosts named here may be private; no other private address is ever asked.
ARXIV_API_URL = environment.web_address(
    "ARXIV_API_URL", default="https://export.arxiv.org/api/query"
)
CROSSREF_API_URL = environment.web_address("CROSSREF_API_URL", default="https://api.crossref.org")
# Where registries can write when something is wrong with our requests.
CONTACT_EMAIL = environment.email("CONTACT_EMAIL")

# --- Languages ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "papers" / "locale"]
TIME_ZONE = environment.time_zone("TIME_ZONE", default="UTC")
USE_TZ = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "zh-hans")

# --- Static files ---

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security ---

HTTPS = environment.boolean("HTTPS", default=False)
HSTS_SECONDS = environment.integer("HSTS_SECONDS", default=31_536_000)
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Preloading binds the whole registered domain, of which this site may be a part: that is its
# owner's decision, taken elsewhere.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# --- Logging ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {
        "handlers": ["console"],
        "level": environment.choice(
            "LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="WARNING"
        ),
    },
}
