"""Who reads a page that is open to everyone."""

from django.http import HttpRequest

from quizzes.people.models import User


def reader(request: HttpRequest) -> User | None:
    """Whoever is signed in, guests among them; nobody for a visitor."""
    return request.user if isinstance(request.user, User) else None
