"""Django settings: closed by default, everything from the data folder and a few environment variables.

THROUGHLINE_DATA folder, THROUGHLINE_DATABASE_URL (PostgreSQL), THROUGHLINE_HOSTS (names the server answers to, by comma),
THROUGHLINE_URL (public address), THROUGHLINE_TRUSTED_PROXIES (how many proxies stand before it), THROUGHLINE_DEMO=1,
THROUGHLINE_KEEP_..._DAYS (config/retention.py).
"""

import os
from pathlib import Path

from throughline.web.config.database import database, prefer_safe_sqlite
from throughline.web.config.keys import key
from throughline.web.config.paths import data_folder, private
from throughline.web.config.retention import PERIODS, kept

prefer_safe_sqlite()

WEB = Path(__file__).resolve().parents[1]
DEMO = os.environ.get("THROUGHLINE_DEMO") == "1"
PUBLIC_URL = os.environ.get("THROUGHLINE_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")

DEBUG = False
SECRET_KEY = key("session")
ALLOWED_HOSTS = [
    name.strip() for name in os.environ.get("THROUGHLINE_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if name.strip()
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "throughline.web.config.urls"
WSGI_APPLICATION = "throughline.web.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "throughline.web.access",
    "throughline.web.accounts",
    "throughline.web.districts",
    "throughline.web.planning",
    "throughline.web.audit",
    "throughline.web.api",
    "throughline.web.intake",
    "throughline.web.jobs",
    "throughline.web.teamwork",
    "throughline.web.publishing",
    "throughline.web.shell",
    "throughline.web.rooms",
]

MIDDLEWARE = [
    "throughline.web.shell.request_id.RequestIdMiddleware",
    "throughline.web.shell.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "throughline.web.intake.limits.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "throughline.web.access.gate.GateMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "throughline.web.shell.frame.frame",
            ],
            "builtins": [f"throughline.web.shell.templatetags.{name}" for name in ("words", "figures", "forms")],
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
LOCALE_PATHS = [WEB / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATIC_ROOT = private(data_folder() / "static")
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Cookies and transport (OWASP ASVS 5.0, chapter 3)
PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{PREFIX}throughline_session"
CSRF_COOKIE_NAME = f"{PREFIX}throughline_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False
TRUSTED_PROXIES = int(os.environ.get("THROUGHLINE_TRUSTED_PROXIES", "0"))
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "throughline.web.shell.errors.csrf_failure"

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": ["'self'", "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "manifest-src": _SELF,
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
if os.environ.get("THROUGHLINE_CSP_REPORTS") == "1":
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["report-uri"] = ["/csp-report"]

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["throughline.web.accounts.passwords.LimitedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "throughline.web.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation sent to it
ACCOUNT_ADAPTER = "throughline.web.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # the gate's own limits count failures only; see access.limits
ACCOUNT_FORMS = {"reset_password": "throughline.web.accounts.factor_forms.ResetForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
SOCIALACCOUNT_ADAPTER = "throughline.web.accounts.sso.SocialAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_ADAPTER = "throughline.web.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "throughline.web.accounts.factor_forms.CodeForm",
    "reauthenticate": "throughline.web.accounts.factor_forms.CodeAgainForm",
    "activate_totp": "throughline.web.accounts.factor_forms.ActivateForm",
    "add_webauthn": "throughline.web.accounts.factor_forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_TOLERANCE = 1  # a code of the step before or after, for clocks that differ (RFC 6238, 5.2)
MFA_TOTP_ISSUER = "Throughline"
MFA_RECOVERY_CODE_COUNT = 10
USERSESSIONS_TRACK_ACTIVITY = True  # by access.sessions, once a minute
KEPT = {name: kept(name) for name in PERIODS}  # read here so that a wrong one stops the start
OUTBOUND_LOOPBACK = False  # tests ask a sign-in service on this machine

# Mail leaves through the queue of `teamwork`; without a mail server it is written to the log of the server's owner.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("THROUGHLINE_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("THROUGHLINE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("THROUGHLINE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("THROUGHLINE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("THROUGHLINE_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("THROUGHLINE_MAIL_FROM", "throughline@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
