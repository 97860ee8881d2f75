"""What is done to many cards at once from the browser, and the word on it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.cards import editing, finding, querying, setting_aside
from quizzes.cards.desk import Desk
from quizzes.cards.querying import FLAGS, Fault
from quizzes.content.models import Book, Chapter
from quizzes.items import filing
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal
from quizzes.web import answers

MOST_AT_ONCE = 5_000

type Verb = Callable[[QueryDict, User, Sequence[Item], datetime], str]


class TooManyCards(Refusal):
    """One act is for at most `MOST_AT_ONCE` cards."""


class NoneChosen(Refusal):
    """An act is for some cards at least, and some acts for cards of one's own."""


def act(post: QueryDict, desk: Desk) -> str:
    """Do what a form says to the cards that it chose; in one word what was done.

    Refuses with `NoneChosen` and `TooManyCards`.
    """
    verb = _ACTS[answers.choice(post, "act", *_ACTS)]
    items = _chosen(post, desk)
    if not items:
        raise NoneChosen(_("Choose at least one card."))
    if len(items) > MOST_AT_ONCE:
        raise TooManyCards(
            _("At most %(most)s cards at once: search for fewer.") % {"most": f"{MOST_AT_ONCE:,}"}
        )
    return verb(post, desk.learner, items, desk.at)


def _chosen(post: QueryDict, desk: Desk) -> list[Item]:
    """The cards with a mark in their box, or all that the search finds."""
    if post.get("all"):
        asked = querying.parse(post.get("q", ""))
        if isinstance(asked, Fault):
            return []
        return list(finding.found(desk, asked).order_by("pk")[: MOST_AT_ONCE + 1])
    uids = answers.uids(post, "item", MOST_AT_ONCE + 1)
    return list(finding.everything(desk).filter(uid__in=uids).order_by("pk"))


def _own(items: Sequence[Item], learner: User) -> list[Item]:
    """Those of one's own books; refuses where there is none among them."""
    books = set(Book.objects.owned_by(learner).values_list("pk", flat=True))
    mine = [item for item in items if item.book_id in books]
    if not mine:
        raise NoneChosen(_("None of these cards is your own. Copy one into a book of yours."))
    return mine


def _suspend(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    count = setting_aside.suspend_many(learner, items, at)
    said = ngettext("%(count)d card is set aside.", "%(count)d cards are set aside.", count)
    return said % {"count": count}


def _take_up(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    count = setting_aside.take_up_many(learner, items, at)
    said = ngettext("%(count)d card comes again.", "%(count)d cards come again.", count)
    return said % {"count": count}


def _bury(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    count = setting_aside.bury_many(learner, items, at)
    said = ngettext(
        "%(count)d card waits until tomorrow.", "%(count)d cards wait until tomorrow.", count
    )
    return said % {"count": count}


def _flag(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    name = answers.choice(post, "flag", "none", *FLAGS)
    count = setting_aside.flag_many(learner, items, FLAGS.get(name, 0), at)
    said = ngettext("%(count)d card is flagged.", "%(count)d cards are flagged.", count)
    if name == "none":
        said = ngettext("%(count)d flag is gone.", "%(count)d flags are gone.", count)
    return said % {"count": count}


def _move(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    chapters = Chapter.objects.filter(book__in=Book.objects.owned_by(learner).order_by())
    chapter = get_object_or_404(chapters.select_related("book"), pk=answers.key(post, "chapter"))
    count = editing.move(learner, _own(items, learner), chapter, at)
    said = ngettext(
        "%(count)d card is in “%(title)s” now.", "%(count)d cards are in “%(title)s” now.", count
    )
    return said % {"count": count, "title": chapter.title}


def _tag(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    words = [word for word in filing.tags(post.get("tags", "")) if len(word) <= filing.LONGEST_TAG]
    if not words:
        raise NoneChosen(_("Write a tag for these cards first."))
    mine = _own(items, learner)
    filing.tag(mine, words[: filing.MOST_TAGS])
    said = ngettext("%(count)d card is tagged.", "%(count)d cards are tagged.", len(mine))
    return said % {"count": len(mine)}


def _delete(post: QueryDict, learner: User, items: Sequence[Item], at: datetime) -> str:
    count = editing.discard(learner, _own(items, learner), at)
    said = ngettext("%(count)d card is deleted.", "%(count)d cards are deleted.", count)
    return said % {"count": count}


_ACTS: dict[str, Verb] = {
    "suspend": _suspend,
    "take-up": _take_up,
    "bury": _bury,
    "flag": _flag,
    "move": _move,
    "tag": _tag,
    "delete": _delete,
}
