"""The back office: look at everything, change what is not a log or a pack's content."""

from quizzes.admin import assessment, cards, content, items, people

__all__ = ["assessment", "cards", "content", "items", "people"]
