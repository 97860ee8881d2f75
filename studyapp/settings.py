"""The site's settings, in one file; the environment decides (`studyapp.environment`)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from studyapp.environment import (
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_secret,
    env_str,
    is_set,
    mailer,
    postgresql,
    sqlite,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# Where we are
ENVIRONMENT = env_str("STUDYAPP_ENV")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(f"STUDYAPP_ENV is {ENVIRONMENT!r}: development or production.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env_bool("DEBUG")
DEMO = env_bool("STUDYAPP_DEMO")
DEMO_ACCOUNTS, DEMO_PASSWORD = ("student", "instructor"), "reading-room"  # told on the sign-in page
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured("DEBUG and STUDYAPP_DEMO are impossible in production.")
if PRODUCTION and not is_set("ALLOWED_HOSTS"):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS: production answers to its own names only.")
DATA_DIR = BASE_DIR / env_str("DATA_DIR")
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = env_secret("SECRET_KEY", home=None if PRODUCTION else DATA_DIR)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
PORT, BIND, WEB_WORKERS = env_int("PORT"), env_str("BIND"), env_int("WEB_WORKERS")
SITE_NAME = "Reading Room"

# What the site is made of
INSTALLED_APPS = [
    "quizzes",  # first: its templates win over those of the apps below
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "quizzes.web.apps.SessionsConfig",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework.authtoken",
]
MIDDLEWARE = [
    "quizzes.web.middleware.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "quizzes.web.middleware.CharsetMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quizzes.web.guests.DoorMiddleware",
    "quizzes.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "studyapp.urls"
WSGI_APPLICATION = "studyapp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# What it remembers
DATABASE_URL = env_str("DATABASE_URL")
DATABASES = {
    "default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite(DATA_DIR / "db.sqlite3")
}
CACHES = {
    # In the database, because rate limits must hold across processes and restarts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "studyapp_cache",
    }
}
OTHER_DATABASE = postgresql  # how `manage.py move_database` reads an address
BACKUP_DIR = BASE_DIR / (env_str("BACKUP_DIR") or DATA_DIR / "backups")
POSTGRESQL_BIN = env_str("POSTGRESQL_BIN")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Who comes in
REGISTRATION = env_choice("REGISTRATION", "open", "invited", "closed")
CLASSES = env_choice("CLASSES", "anyone", "staff")
CONTACT = env_str("CONTACT")
AUTH_USER_MODEL = "quizzes.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
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
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/today/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email", "username", "password1*"]
EMAIL_URL = env_str("EMAIL_URL")
ACCOUNT_EMAIL_VERIFICATION = "optional" if EMAIL_URL else "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_ADAPTER = "quizzes.web.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "quizzes.web.accounts.AddEmailForm",
    "login": "quizzes.web.accounts.SignInForm",
    "reauthenticate": "quizzes.web.accounts.PasswordAgainForm",
    "signup": "quizzes.web.accounts.SignUpForm",
}
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # a guest may; `DoorMiddleware` knows who may not
ACCOUNT_RATE_LIMITS = {
    "guest": "20/h/ip",
    # Wrong join codes alone are counted: a whole class may come in through one network.
    "join": "30/h/ip,10/h/user,100/h/key",
    "rename": "10/h/user",  # each try tells whether a name is somebody's
    "join-stranger": "30/h/ip,100/h/key",  # who makes an account by a code has none yet
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # an address opens the account, as a password does
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_ADAPTER = "quizzes.web.two_step.TwoStepAdapter"
MFA_FORMS = {
    "activate_totp": "quizzes.web.two_step_forms.ActivateForm",
    "add_webauthn": "quizzes.web.two_step_forms.AddPasskeyForm",
    "authenticate": "quizzes.web.two_step_forms.CodeForm",
    "authenticate_webauthn": "quizzes.web.two_step_forms.SecondStepForm",
    "edit_webauthn": "quizzes.web.two_step_forms.RenamePasskeyForm",
    "login_webauthn": "quizzes.web.two_step_forms.EnterForm",
    "reauthenticate": "quizzes.web.two_step_forms.CodeAgainForm",
    "reauthenticate_webauthn": "quizzes.web.two_step_forms.PasskeyAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # `quizzes.web.two_step` says when an address must be confirmed
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# How it speaks
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
MAILERS = {"default": mailer(EMAIL_URL)}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("EMAIL_FROM")
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env_str("LOG_LEVEL").upper()},
    "loggers": {"django": {"handlers": [], "level": "NOTSET"}},
}

# What it guards
HTTPS = env_bool("HTTPS") if is_set("HTTPS") else PRODUCTION
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "quizzes.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Where letters and commands point to, which no request tells: the first name that is served.
HOST = next((name.lstrip(".") for name in ALLOWED_HOSTS if name != "*"), "localhost")
ADDRESS = f"https://{HOST}" if HTTPS else f"http://{HOST}:{PORT}"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, over plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
if HTTPS:  # a name with this prefix can be set by this host alone, and over HTTPS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "account.W001",  # neither name nor address is demanded at sign-up: a name is made where missing
    "mail.E001",  # without EMAIL_URL letters go to the console, and the operator hands them on
]

# How the API answers
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",  # first: who is unknown gets a 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["quizzes.api.parsing.BoundedJSONParser"],
    "EXCEPTION_HANDLER": "quizzes.api.errors.answer",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # Strangers are counted everywhere; signed-in people only where a view names a scope, because
    # counting costs a write.
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "sign-in": "10/min"},
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Reading Room",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "quizzes.api.describing.describe",
    ],
    "ENUM_NAME_OVERRIDES": {
        "FactKind": "quizzes.content.models.Fact.Kind",
        "FigureKind": "quizzes.content.models.Figure.Kind",
        "ArgumentKind": "quizzes.content.models.Argument.Kind",
        "QuestionKind": "quizzes.items.models.Revision.Kind",
        "ActKind": "quizzes.cards.models.Action.Kind",
        "Precision": "quizzes.content.models.details.Dated.Precision",
        "Part": "quizzes.content.models.details.Dated.Part",
        "FigurePart": "quizzes.content.models.Figure.Part",
        "Basis": "quizzes.content.models.facts.Basis",
        "Rating": "quizzes.api.queue.RATINGS",
        "Moment": "quizzes.api.results.MOMENTS",
        "Correctness": "quizzes.api.results.CORRECTNESS",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
