"""Django's settings, made from config.toml."""

import os
from pathlib import Path

from django.utils.functional import SimpleLazyObject

from campaign.checks.catalog import SETTABLE
from campaign.config.reading import CONFIG_VARIABLE, read_config
from campaign.core.clock import Clock, system_clock
from campaign.core.installation import PACKAGE
from campaign.database.address import database_of
from campaign.demonstration import as_demonstration
from campaign.publishers import KNOWN, NETWORKS


def _secret_key() -> str:
    """Found, or drawn, when a page first signs something: a command that serves no pages needs none."""
    from campaign.database.secret_key import secret_key  # noqa: PLC0415 - it asks the database, which these settings open

    return secret_key()


_named = os.environ.get(CONFIG_VARIABLE)
CONFIG = as_demonstration(read_config(KNOWN, Path(_named) if _named else None, SETTABLE))
CLOCK: Clock = system_clock

DATABASES = {"default": database_of(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "campaign",  # before allauth: our templates go before its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
# That HSTS holds for every name of the domain, for good: a technician's to decide, at the proxy.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
LOGGING_CONFIG = None

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = CONFIG.site.timezone.key
USE_I18N = True
USE_TZ = True

# Signing in. There is no sign-up: people are invited.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Django's own at heart: allauth's would copy addresses into a table of its own, where they would outlive a change.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "campaign.people.links.PasswordLinks"  # noqa: S105 - a name
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_ADAPTER = "campaign.web.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Nobody signs up; a check wants it to fit the line above.
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "email*",
    "password1*",
]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an admin's invitation vouches for the address
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger must not make us write to any address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # a second factor is asked for after it
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays; Django ends all others
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = None  # "stay signed in on this device" is asked
ACCOUNT_USERNAME_MIN_LENGTH = 1
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_RATE_LIMITS = (
    False  # they count in a cache; ours in the database: campaign/people/limits.py
)
MFA_ADAPTER = "campaign.web.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "campaign.web.people.codes.EnterCode",
    "reauthenticate": "campaign.web.people.codes.EnterCodeAgain",
}
MFA_TOTP_ISSUER = CONFIG.site.name
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_RECOVERY_CODE_COUNT = 10
# Nothing is kept in it that anything depends on: limits and used codes are in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SECRET_KEY = SimpleLazyObject(_secret_key)
ALLOWED_HOSTS = CONFIG.web.names
CSRF_TRUSTED_ORIGINS = [CONFIG.web.url]
ROOT_URLCONF = "campaign.web.urls"
MIDDLEWARE = [
    "campaign.web.frame.unusual.HeadAlone",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "campaign.web.frame.unusual.CookiesWithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "campaign.web.frame.languages.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "campaign.web.frame.access.AccessMiddleware",
    "campaign.web.frame.unusual.WithoutNul",
    "campaign.web.people.second_factor.SecondFactorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "campaign.web.loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "campaign.web.templatetags.campaign",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaign.web.context.frame",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    *(
        (f"networks/{name}", network.look.styles)
        for name, network in NETWORKS.items()
        if network.look.styles
    ),
]
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 20_000_000

# Nothing from elsewhere, nothing inline, in no frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = CONFIG.web.is_https
# For this host alone: what the other names of a charity's domain do is not for this program to say.
SECURE_HSTS_SECONDS = int(CONFIG.web.hsts.total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIG.web.is_https
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "campaign_session"
CSRF_COOKIE_NAME = "campaign_csrf"
LANGUAGE_COOKIE_NAME = "campaign_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "campaign.web.frame.errors.csrf"

EMAIL_BACKEND = (
    f"django.core.mail.backends.{'smtp' if CONFIG.email.host else 'dummy'}.EmailBackend"
)
EMAIL_HOST = CONFIG.email.host
EMAIL_PORT = CONFIG.email.port
EMAIL_HOST_USER = CONFIG.email.user
EMAIL_HOST_PASSWORD = CONFIG.email.password.reveal()
EMAIL_USE_SSL = CONFIG.email.tls and CONFIG.email.tls_at_once
EMAIL_USE_TLS = CONFIG.email.tls and not CONFIG.email.tls_at_once
EMAIL_USE_LOCALTIME = (
    True  # the Date of a letter with the site's own offset; else it would say -0000, "unknown"
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.email.sender or "posts@localhost"
