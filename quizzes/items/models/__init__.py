"""Items and their revisions, what was found wrong in them, and apart from these the keys."""

from quizzes.items.models.items import Item, ItemFact, Tag
from quizzes.items.models.keys import AcceptedAnswer, Criterion, Key, OptionKey, Precedence
from quizzes.items.models.manuscripts import Manuscript
from quizzes.items.models.reports import ErrorReport
from quizzes.items.models.revisions import Option, Revision

__all__ = [
    "AcceptedAnswer",
    "Criterion",
    "ErrorReport",
    "Item",
    "ItemFact",
    "Key",
    "Manuscript",
    "Option",
    "OptionKey",
    "Precedence",
    "Revision",
    "Tag",
]
