"""The portal's settings, read top to bottom. Whatever varies comes from the environment.

Two ways to run: *embedded* (SQLite, a file-system broker, letters as files), told by the marker that `bin/run` leaves in
its home; and *production* everywhere else, where a missing secret stops the start with one sentence.
"""

from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

# ── Where it runs ────────────────────────────────────────────────────────────────────────────────────────────────────

PORTAL_HOME = Path(env("PORTAL_HOME", default=str(ROOT / "var"))).resolve()
EMBEDDED = (PORTAL_HOME / "embedded").exists()


def demand(name: str) -> str:
    """A value that production cannot do without."""
    value = env(name, default="")
    if not value:
        raise SystemExit(
            f"{name} is not set: production needs DATABASE_URL, REDIS_URL, SECRET_KEY and ALLOWED_HOSTS (bin/run starts the embedded portal)."
        )
    return value


DATABASE_URL = "" if EMBEDDED else demand("DATABASE_URL")
REDIS_URL = "" if EMBEDDED else demand("REDIS_URL")
SECRET_KEY = (PORTAL_HOME / "secret_key").read_text().strip() if EMBEDDED else demand("SECRET_KEY")
ALLOWED_HOSTS = ["*"] if EMBEDDED else [host.strip() for host in demand("ALLOWED_HOSTS").split(",")]
SITE_URL = env("SITE_URL", default="http://localhost:8000" if EMBEDDED else f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
DEBUG = False

# ── What it is made of ───────────────────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "alliance.apps.AllianceConfig",
    "alliance.apps.AllianceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "simple_history",
    "import_export",
    *(["django_linear_migrations"] if find_spec("django_linear_migrations") else []),
    "alliance.history",
    "alliance.accounts",
    "alliance.jobs",
    "alliance.numbering",
    "alliance.calendar",
    "alliance.facts",
    "alliance.files",
    "alliance.documents",
    "alliance.exchange",
    "alliance.letters",
    "members",
    "applications",
    "council",
    "alliance.stages",
    "alliance.announcements",
    "alliance.reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alliance.middleware.ChineseFirstLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alliance.middleware.RefusedStepMiddleware",
]

ROOT_URLCONF = "alliance.urls"
WSGI_APPLICATION = "alliance.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "alliance.views.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# ── The database ─────────────────────────────────────────────────────────────────────────────────────────────────────

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "cached_statements": 1_000,  # the portal has some hundreds; sqlite3 keeps 128 of its own accord
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRESQL = {"options": "-c statement_timeout=15000"}

if EMBEDDED:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": PORTAL_HOME / "db.sqlite3", "OPTIONS": SQLITE}}
else:
    DATABASES = {"default": env.db_url("DATABASE_URL")} if "://" in DATABASE_URL else {}
    if not DATABASES:
        raise SystemExit("DATABASE_URL is no address: it reads postgres://user:password@host/name.")
    is_postgresql = "postgresql" in DATABASES["default"]["ENGINE"]
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRESQL if is_postgresql else SQLITE)
    if is_postgresql:
        DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_REVERT_DISABLED = True  # what was put back would have moved without its step

# ── Sessions and cache: reading a page leaves no row ─────────────────────────────────────────────────────────────────

if EMBEDDED:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": PORTAL_HOME / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# ── The worker ───────────────────────────────────────────────────────────────────────────────────────────────────────

CELERY_BROKER_URL = "filesystem://localhost/" if EMBEDDED else REDIS_URL
if EMBEDDED:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(PORTAL_HOME / "broker/data"),
        "data_folder_out": str(PORTAL_HOME / "broker/data"),
        "control_folder": str(PORTAL_HOME / "broker/control"),
        "processed_folder": str(PORTAL_HOME / "broker/processed"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(PORTAL_HOME / "beat")

# ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "alliance.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
HAS_SMS = EMBEDDED or bool(env("SMS_URL", default=""))  # else nobody could confirm a mobile number
ACCOUNT_LOGIN_METHODS = {"email", "phone"} if HAS_SMS else {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", *(["phone"] if HAS_SMS else []), "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "alliance.accounts.entrance.LoginForm", "request_login_code": "alliance.accounts.entrance.CodeForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "alliance.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # a code, never a link alone
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE = True  # who mistyped an address or a number
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/15m/ip,5/15m/key",
    "signup": "20/m/ip",
    "issued_code": "20/15m/ip,5/15m/key",
    "enquiry": "10/h/ip,5/h/key",
    "claim": "10/h/ip,5/h/key",
    "invitation": "30/h/ip,20/h/key",
    "recommendation": "20/h/ip,10/h/key",
    "ask_recommender": "20/h/ip,5/d/key",
    "verify": "30/10m/ip",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)  # else everybody behind a proxy shares one limit
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "GBA NEV Alliance"
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=not EMBEDDED)  # whether the office's desk opens only with one
LOGIN_REDIRECT_URL = "after_login"
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ── Letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────

if EMBEDDED:
    EMAIL_BACKEND = "alliance.letters.eml.EmailBackend"
    EMAIL_FILE_PATH = PORTAL_HOME / "letters"
elif env("EMAIL_URL", default="") == "none":  # an installation without a mail server: what has no other way is told by hand
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
HAS_MAIL = not EMAIL_BACKEND.endswith("dummy.EmailBackend")
EMAIL_TIMEOUT = 20
LETTER_PACE = env.int("LETTER_PACE", default=60)  # letters a minute to one recipient's domain; 0 is no limit
LETTER_LEASE = env.int("LETTER_LEASE", default=300)  # seconds after which a letter in the hands of a silent process is taken again
SMS_URL = env("SMS_URL", default="")  # https://token@gateway/path; without it nobody gets an SMS
SMS_TEMPLATES = env.json("SMS_TEMPLATES", default={})  # our templates' names to the operator's codes
SMS_FILE_PATH = PORTAL_HOME / "letters" if EMBEDDED else None
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default="no-reply@example.org" if EMBEDDED else f"no-reply@{ALLOWED_HOSTS[0]}")

# ── Files: private uploads, under the home's `files/` ────────────────────────────────────────────────────────────────

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "alliance.files.receiving.BoundedUploadHandler"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # photographs of one paper
SCAN_URL = env(
    "SCAN_URL", default=""
)  # clamd: tcp://127.0.0.1:3310 or unix:///run/clamd.sock; without it nobody scans, and the desk says so
INTERNAL_FILES = env("INTERNAL_FILES", default="")  # the proxy's own address of `files/`, such as /internal-files/

# ── Language and time ────────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "alliance/locale"]
FORMAT_MODULE_PATH = ["alliance.locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# ── Static files ─────────────────────────────────────────────────────────────────────────────────────────────────────

STATIC_URL = "static/"
BUNDLED = ROOT / "collected"  # a bundle brings them along
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BUNDLED if BUNDLED.exists() else PORTAL_HOME / "static")))
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PORTAL_HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# ── Safety ───────────────────────────────────────────────────────────────────────────────────────────────────────────

HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "alliance.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ── What is written down ─────────────────────────────────────────────────────────────────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
