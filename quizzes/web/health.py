"""Is the site ready to study with? Asked by `manage.py serve` and by monitors."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.content.models import Book


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the site can teach, else 503 and one line that says what is missing."""
    missing = missing_part()
    return HttpResponse(missing or "ok", status=503 if missing else 200, content_type="text/plain")


def missing_part() -> str:
    """What a newcomer would miss first: the database, its tables, or a book; else nothing."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        if any(migration not in applied for migration in _migrations()):
            return "The database lacks migrations: run manage.py migrate."
        if not Book.objects.filter(owner=None).exists():
            return "No book is loaded: run manage.py load_pack."
    except DatabaseError:
        return "The database does not answer."
    return ""


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration in the code, as app label and name; the code stays as it is while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
