"""The way in for ASGI servers, for hosts that offer no other: WSGI serves this site faster."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")

application = get_asgi_application()
