"""Registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    """The study service as Django sees it: one app, one label, one line of migrations."""

    name = "quizzes"
    label = "quizzes"
    verbose_name = _("Reading Room")
    default_auto_field = "django.db.models.BigAutoField"
