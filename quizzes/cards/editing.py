"""Editing: a learner changes cards of a book of their own, and undo takes a change back.

What is remembered stays: a change is cosmetic unless its author says that the meaning changed,
and then the cards come due. Each item that a change touches gets an act that names the revision
and the state before and after; the acts of one change are one batch.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from quizzes.cards import moving, tallying
from quizzes.cards.days import learner_day
from quizzes.cards.models import Action, Card, Review
from quizzes.cards.tallying import Tally
from quizzes.content.models import Chapter
from quizzes.identifiers import uuid7
from quizzes.items import filing, grouping, repicturing, writing
from quizzes.items.models import Item
from quizzes.items.slips import Slip
from quizzes.items.writing import Rewritten
from quizzes.people.models import User

type Columns = dict[str, int | str | None]


@transaction.atomic
def add(
    learner: User, chapter: Chapter, slips: Sequence[Slip], at: datetime, tags: Iterable[str] = ()
) -> list[Item]:
    """New cards in a chapter of one's own; refuses with `CannotBeAsked` and `BookIsFull`.

    Pictures of other books that one may see are shown in this one too.
    """
    return writing.write(chapter, repicturing.share(chapter.book, slips), learner, at, tags)


@transaction.atomic
def edit(
    learner: User,
    item: Item,
    slip: Slip,
    at: datetime,
    *,
    is_substantive: bool = False,
    tags: Collection[str] | None = None,
    chapter: Chapter | None = None,
) -> Rewritten:
    """Let a card and its siblings say what this slip says; the wording is one act to undo.

    With a change of meaning the reworded cards that are in review come due today, their memory as
    it is. Tags and chapter stay unless they are given. Refuses with `CannotBeAsked`.
    """
    if chapter and chapter.pk != item.chapter_id:  # first, so that undo leads back to words of here
        move(learner, [item], chapter, at)
        item.refresh_from_db()
    [shown] = repicturing.share(item.book, [slip])
    done = writing.rewrite(item, shown, learner, at, is_substantive=is_substantive)
    batch = uuid7()
    _note(learner, _acts(done), at, batch)
    if is_substantive:
        _come_due(learner, {one.pk for one, _before, _after in done.reworded}, at, batch)
    if tags is not None:
        filing.retag(grouping.group_of(item), tags)
    return done


@transaction.atomic
def discard(learner: User, items: Collection[Item], at: datetime) -> int:
    """Take cards of one's own away with their siblings; tells how many. One act to undo.

    Their reviews stay in the log; the items are retired and asked no more.
    """
    gone = list(grouping.groups_of(items).ready().owned_by(learner).order_by("pk"))
    writing.put(Item.State.RETIRED, gone)
    _note(learner, _acts(Rewritten(retired=gone)), at, uuid7())
    return len(gone)


@transaction.atomic
def move(learner: User, items: Collection[Item], chapter: Chapter, at: datetime) -> int:
    """Put cards of one's own, with their siblings, into another chapter; tells how many.

    What was counted of their reviews goes with them, and so do the pictures that they show and
    what was deleted of the same slips, which is not told. As many queries for a thousand as for
    one. Refuses with `BookIsFull` and `TooManyPictures`.
    """
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)  # weights may be telling anew
    together = grouping.groups_of(items).owned_by(learner).exclude(chapter=chapter)
    moving_items = list(together.select_related("subject", "chapter").in_order())
    coming = [item for item in moving_items if item.book_id != chapter.book_id]
    before = _counted(moving_items)
    filing.move(moving_items, chapter)
    change = _counted(moving_items)
    change.subtract(before)
    tallying.keep(learner, change)
    repicturing.follow(coming, chapter.book, learner, at)
    return sum(item.state == Item.State.READY for item in moving_items)


def _note(
    learner: User, acts: Sequence[tuple[Item, Columns, Columns]], at: datetime, batch: UUID
) -> None:
    """Write an act down on the card of each item, with what stood before it and after."""
    if not acts:
        return
    cards = {c.item_id: c for c in Card.objects.held(learner, {item.pk for item, *_ in acts})}
    Action.objects.bulk_create(
        Action(
            learner=learner,
            card=cards[item.pk],
            kind=Action.Kind.EDIT,
            batch=batch,
            before=before,
            after=after,
            done_at=at,
        )
        for item, before, after in acts
    )


def _acts(done: Rewritten) -> list[tuple[Item, Columns, Columns]]:
    """What each touched item's columns were and are."""
    revisions = {item.pk: before for item, before, _after in done.reworded}
    was_retired = {item.pk for item in (*done.created, *done.returned)}
    was_ready = {item.pk for item in done.retired}
    touched = [item for item, _before, _after in done.reworded]
    others = [*done.created, *done.returned, *done.retired]
    touched += [item for item in others if item.pk not in revisions]
    return [
        (
            item,
            {
                "revision": revisions.get(item.pk, item.revision_id),
                "state": _state(is_retired=item.pk in was_retired),
            },
            {"revision": item.revision_id, "state": _state(is_retired=item.pk in was_ready)},
        )
        for item in touched
    ]


def _state(*, is_retired: bool) -> str:
    return (Item.State.RETIRED if is_retired else Item.State.READY).value


def _come_due(learner: User, item_ids: Collection[int], at: datetime, batch: UUID) -> None:
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    later = Card.objects.filter(learner=learner, item__in=item_ids, due_day__gt=today)
    days = dict.fromkeys(later.values_list("pk", flat=True), today)
    moving.move(learner, days, at, batch=batch)


def _counted(items: Iterable[Item]) -> Tally:
    """What the tallies hold of these items, where they stand now."""
    by_pk = {item.pk: item for item in items}
    tally: Tally = Counter()
    log = Review.objects.standing().filter(card__item__in=by_pk).select_related("card")
    for review in log.order_by("pk"):
        tally.update(tallying.counted([review], by_pk[review.card.item_id]))
    return tally
