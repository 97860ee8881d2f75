"""What the tabs of a class tell by themselves, on whatever page they stand."""

from django import template

from quizzes.items.models import ErrorReport
from quizzes.people.models import Classroom

register = template.Library()


@register.simple_tag
def open_reports(classroom: Classroom) -> int:
    """How many reports of a class wait for an answer; one query."""
    return ErrorReport.objects.open().filter(classroom=classroom).count()
