"""Picturing: what the pictures of somebody's books are called outside."""

from quizzes.content.models import Media

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def name_of(picture: Media) -> str:
    """The name of its file."""
    return f"{picture.uid}.{_ENDINGS.get(picture.media_type, 'bin')}"
