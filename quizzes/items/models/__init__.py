"""Items and their revisions; apart from these, the keys."""

from quizzes.items.models.items import Item, ItemFact, Tag
from quizzes.items.models.keys import AcceptedAnswer, Key, OptionKey
from quizzes.items.models.revisions import Option, Revision

__all__ = ["AcceptedAnswer", "Item", "ItemFact", "Key", "Option", "OptionKey", "Revision", "Tag"]
