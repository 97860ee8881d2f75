"""Questions of every kind, right and wrong answers to them, and quizzes that ask them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from quizzes.assessment import assigning, attempting, expiring, publishing, responding, sheets
from quizzes.assessment.models import Assignment, Attempt, Quiz, Slot
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.content.models import Book, Citation, Fact, Term
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import (
    AcceptedAnswer,
    Criterion,
    Item,
    ItemFact,
    Key,
    Option,
    OptionKey,
    Revision,
)
from quizzes.people.models import Classroom, User
from tests.bookshelf import LONG_AGO

RIGHTS = {"single": {1}, "classify": {1}, "true_false": {1}, "several": {0, 2}}
"""The places of the right options, by kind."""
RIGHT_TEXTS = {"short_text": "Fel'dman", "number": "about 35,000", "date": "early 1938"}
WRONG_TEXTS = {"short_text": "Iakir", "number": "36", "date": "1953"}
ESSAYS = {True: "The plot\nwas made up.", False: "I was not there."}
"""Two essays, neither of which a machine can mark."""

LEFTS, RIGHT_SIDES = 3, 5
MATCHES = (2, 0, 4)
"""Each left side's right side, by their own places; the right sides 1 and 3 are distractors."""
RANKS = (1, 0, 1, 2)
"""Line 1 comes first and line 3 last; 0 and 2 go in either order between them."""
GAP_KINDS = ("text", "number", "date", "choice")
RIGHT_GAPS: tuple[str | int, ...] = ("Fel'dman", "35,000", "early 1938", 2)
WRONG_GAPS: tuple[str | int, ...] = ("Iakir", "36", "1953", 0)
"""What fills the gaps of a cloze, in order: its last gap has four options."""
STEMS = {"cloze": "Of {slug}: ___ was one of ___ men who were shot in ___ for ___."}

MACHINE_KINDS = (
    *("single", "several", "true_false", "classify", "short_text", "number", "date"),
    *("matching", "ordering", "cloze"),
)
ALL_KINDS = (*MACHINE_KINDS, "essay")


ACCEPTED: dict[str, dict[str, Any]] = {
    "short_text": {"text": "Fel'dman"},
    "number": {"text": "about 35,000", "number": Decimal(35_000)},
    "date": {
        "text": "early 1938",
        "precision": "year",
        "not_before": date(1938, 1, 1),
        "not_after": date(1938, 4, 30),
    },
}


def make_fact(book: Book, slug: str, position: int = 0, chapter_number: int = 0) -> Fact:
    """A term of the first section, on page 5."""
    section = book.sections.get(position=0)
    chapter = book.chapters.get(number=chapter_number)
    fact = Fact.objects.create(
        book=book,
        section=section,
        chapter=chapter,
        kind=Fact.Kind.TERM,
        slug=slug,
        label=slug,
        position=position,
    )
    Term.objects.create(fact=fact, definition=f"What {slug} means.")
    Citation.objects.create(
        fact=fact, position=0, source=book.sources.get(), first_page=5, last_page=5
    )
    return fact


def make_item(
    book: Book,
    slug: str,
    kind: str = "single",
    *,
    facts: Sequence[Fact] = (),
    chapter_number: int = 0,
    **columns: Any,
) -> Item:
    """A question of a kind with its key; on a fact of its own unless facts are named."""
    tested = list(facts) or [make_fact(book, f"{slug}-fact", chapter_number=chapter_number)]
    item = Item.objects.create(
        book=book,
        section=tested[0].section,
        chapter=tested[0].chapter,
        slug=slug,
        origin=Item.Origin.PACK,
        subject=tested[0],
        **{"position": 0, "is_card": False} | columns,
    )
    ItemFact.objects.bulk_create(
        ItemFact(item=item, fact=fact, position=place) for place, fact in enumerate(tested)
    )
    stem = STEMS.get(kind, "What of {slug}?").format(slug=slug)
    revision = Revision.objects.create(
        item=item,
        number=1,
        kind=kind,
        stem=stem,
        stem_html=f"<p>{stem}</p>",
        created_at=LONG_AGO,
    )
    _key(revision, slug)
    item.revision = revision
    item.save(update_fields=["revision"])
    return item


def _key(revision: Revision, slug: str) -> None:
    answer, why = f"The answer to {slug}.", f"Because the book says so of {slug}."
    Key.objects.create(
        revision=revision,
        answer=answer,
        answer_html=f"<p>{answer}</p>",
        rationale=why,
        rationale_html=f"<p>{why}</p>",
    )
    match revision.kind:
        case "matching":
            _match(revision, slug)
        case "ordering":
            _rank(revision, slug)
        case "cloze":
            _gap(revision, slug)
        case "essay":
            _criteria(revision, slug)
        case kind if kind in RIGHTS:
            _options(revision, slug)
        case kind if kind in RIGHT_TEXTS:
            _accept(revision)


def _options(revision: Revision, slug: str) -> None:
    rights = RIGHTS[revision.kind]
    for place in range(2 if revision.kind == "true_false" else 4):
        option = Option.objects.create(
            revision=revision, position=place, text=f"Option {place} of {slug}"
        )
        OptionKey.objects.create(
            option=option,
            fraction=FULL_FRACTION // len(rights) if place in rights else 0,
            feedback="" if place in rights else f"Why {place} is wrong for {slug}.",
        )


def _match(revision: Revision, slug: str) -> None:
    for place, match in enumerate(MATCHES):
        left = Option.objects.create(
            revision=revision, position=place, text=f"Left {place} of {slug}"
        )
        feedback = f"What left {place} of {slug} goes with."
        OptionKey.objects.create(option=left, match=match, feedback=feedback)
    for place in range(RIGHT_SIDES):
        right = Option.objects.create(
            revision=revision, part=1, position=place, text=f"Right {place} of {slug}"
        )
        OptionKey.objects.create(option=right)


def _rank(revision: Revision, slug: str) -> None:
    for place, rank in enumerate(RANKS):
        line = Option.objects.create(
            revision=revision, position=place, text=f"Line {place} of {slug}"
        )
        feedback = f"Where line {place} of {slug} stands."
        OptionKey.objects.create(option=line, rank=rank, feedback=feedback)


def _gap(revision: Revision, slug: str) -> None:
    """A gap for a text, one for a number, one for a date, and one with options."""
    for part, kind in enumerate(("short_text", "number", "date")):
        AcceptedAnswer.objects.create(revision=revision, part=part, position=part, **ACCEPTED[kind])
    for place in range(4):
        option = Option.objects.create(
            revision=revision, part=3, position=place, text=f"Option {place} of {slug}"
        )
        fraction = FULL_FRACTION if place == RIGHT_GAPS[3] else 0
        feedback = "" if fraction else f"Why {place} is wrong for {slug}."
        OptionKey.objects.create(option=option, fraction=fraction, feedback=feedback)


def _criteria(revision: Revision, slug: str) -> None:
    Criterion.objects.bulk_create(
        Criterion(revision=revision, position=n, text=f"Criterion {n} of {slug}", weight=n + 1)
        for n in range(2)
    )


def _accept(revision: Revision) -> None:
    AcceptedAnswer.objects.create(revision=revision, position=0, **ACCEPTED[revision.kind])


def make_quiz(book: Book, *items: Item, slug: str = "quiz", **columns: Any) -> Quiz:
    """A published quiz that asks these items."""
    quiz = Quiz.objects.create(
        book=book, slug=slug, title=f"A quiz: {slug}", **{"position": 0} | columns
    )
    Slot.objects.bulk_create(
        Slot(quiz=quiz, position=position, item=item) for position, item in enumerate(items)
    )
    return publishing.publish(quiz, LONG_AGO)


def make_assignment(
    classroom: Classroom, quiz: Quiz, opens_at: datetime, **terms: Any
) -> Assignment:
    """The quiz, given to a class: open from then on for a week, graded, without a limit."""
    plan = {"closes_at": opens_at + timedelta(days=7)} | terms
    return assigning.assign(classroom, quiz, assigning.Plan(opens_at, **plan), opens_at)


def begin(learner: User, quiz: Quiz, at: datetime, **wishes: bool) -> Sheet:
    """A new attempt, or the one that is open."""
    return sheets.of(attempting.start(learner, quiz, at, uuid4(), **wishes))


def sit(learner: User, assignment: Assignment, at: datetime, password: str = "") -> Sheet:
    """A new attempt at an assignment, or the one that is open."""
    return sheets.of(attempting.sit(learner, assignment, at, uuid4(), password))


def look(attempt: Attempt, at: datetime) -> Sheet:
    """What its learner finds of an attempt at a moment."""
    found = expiring.find(attempt.learner, attempt.uid, at)
    assert found is not None
    return found


def sit_through(
    learner: User, assignment: Assignment, at: datetime, right: Sequence[str] | None = None
) -> Attempt:
    """A whole sitting of an assignment: begun, answered and handed in."""
    return attempting.hand_in(answer(sit(learner, assignment, at), at, right), at)


def raw(question: Question, *, is_right: bool) -> dict[str, Any]:
    """A right answer, or one that is plainly wrong, as a client sends it."""
    kind, orders = question.kind, question.served.orders
    match kind:
        case "matching":
            return {"pairs": _pairs(*orders, is_right=is_right)}
        case "ordering":
            owns = [1, 2, 0, 3] if is_right else [3, 0, 2, 1]
            return {"order": [orders[0].index(own) for own in owns]}
        case "cloze":
            gaps = RIGHT_GAPS if is_right else WRONG_GAPS
            return {"gaps": [_gap_as_shown(*one) for one in zip(orders, gaps, strict=True)]}
        case "essay":
            return {"text": ESSAYS[is_right]}
    if kind in RIGHT_TEXTS:
        return {"text": (RIGHT_TEXTS if is_right else WRONG_TEXTS)[kind]}
    rights = [place for place, own in enumerate(orders[0]) if own in RIGHTS[kind]]
    wrongs = [place for place, own in enumerate(orders[0]) if own not in RIGHTS[kind]]
    return {"chosen": rights if is_right else wrongs[:1]}


def _pairs(lefts: Sequence[int], rights: Sequence[int], *, is_right: bool) -> list[int]:
    """For each left side as shown the place of its right side; a distractor where it is wrong."""
    return [rights.index(MATCHES[left] if is_right else 1) for left in lefts]


def _gap_as_shown(order: Sequence[int], said: str | int) -> str | int:
    return order.index(said) if isinstance(said, int) else said


def answer(sheet: Sheet, at: datetime, right: Sequence[str] | None = None) -> Sheet:
    """Answer every question: rightly those whose item is named (all, if none are), others not."""
    asked = [one.served.revision.item_id for one in sheet.questions]
    slugs = dict(Item.objects.filter(pk__in=asked).values_list("pk", "slug"))
    given = [
        Given(
            one.position,
            raw(one, is_right=right is None or slugs[one.served.revision.item_id] in right),
            one.sequence,
        )
        for one in sheet.questions
    ]
    responding.save(sheet, given, at)
    return sheets.of(sheet.attempt)


def take(learner: User, quiz: Quiz, at: datetime, right: Sequence[str] | None = None) -> Attempt:
    """A whole sitting: begun, answered and handed in."""
    return attempting.hand_in(answer(begin(learner, quiz, at), at, right), at)
