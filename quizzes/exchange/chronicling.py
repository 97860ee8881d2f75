"""Chronicling: what a class has done goes out, as tables and as statements, for those who teach it.

It tells of those who study there now: their flashcards of the class's book, and what the class
was given. Of an answer it tells what it earned and never what it said, and not even that of a
question that is kept from its reader; no key goes out. Students are named by a word that tells
nobody who they are, unless their names are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.assessment import withholding
from quizzes.cards.models import DayTally
from quizzes.exchange import handing_over, stating
from quizzes.exchange.formats import tables, xapi
from quizzes.exchange.handing_over import Asked, Chunk, Content, File
from quizzes.exchange.leafing import STUDENTS_AT_ONCE, Leaves
from quizzes.exchange.models import Export
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people import auditing
from quizzes.people.models import Classroom, Enrollment, User

MILLISECONDS = 1_000

HEADS: dict[str, tuple[str, ...]] = {
    "students.csv": (
        *("student", "joined_at", "known", "learning", "reviews", "recalled", "seconds"),
    ),
    "days.csv": (
        *("student", "day", "chapter", "kind", "reviews", "recalled", "introduced"),
        *("known_change", "learning_change", "seconds"),
    ),
    "assignments.csv": (
        *("assignment", "quiz", "title", "opens_at", "closes_at", "is_graded"),
        *("released_at", "withdrawn_at"),
    ),
    "attempts.csv": (
        *("student", "attempt", "assignment", "number", "started_at", "handed_in_at"),
        *("is_timed_out", "days_late", "score"),
    ),
    "outcomes.csv": (
        *("student", "attempt", "question", "item", "revision", "kind", "weight", "is_answered"),
        *("fraction", "is_sure", "tries", "is_hinted", "is_dropped", "saves", "saved_at"),
    ),
}
"""The columns of each table; `docs/class-data.md` says what stands in them."""
NAMES = ("name", "signs_in_as")
"""Stand in the table of students where names are asked for."""
STATEMENTS = "statements.jsonl"


@dataclass(frozen=True, slots=True)
class Wish:
    """How the data are asked for: from which site (its address), and whether with names."""

    home: str
    has_names: bool = False


@transaction.atomic
def ask(owner: User, classroom: Classroom, wish: Wish, at: datetime) -> Asked:
    """The file of a class's data that is being made for somebody already, or a new one.

    A new one is written down in the class's log.
    """
    asked = handing_over.ask(owner, Export.Kind.CLASSROOM, at, classroom)
    if asked.is_new:
        said = _("The class’s data are taken away with names.")
        text = said if wish.has_names else _("The class’s data are taken away without names.")
        auditing.note(owner, "class-data", asked.export.uid, text, at, classroom)
    return asked


def write(export: Export, wish: Wish, at: datetime) -> Export:
    """Write a class's data into the file that was asked for, unless its owner teaches no more."""
    room = export.classroom
    if room is None or not Export.objects.visible_to(export.owner).filter(pk=export.pk).exists():
        return export
    return handing_over.write(export, content(room, wish, export.owner, at), at)


def content(classroom: Classroom, wish: Wish, reader: User, at: datetime) -> Content:
    """The files of a class's data; written piece by piece, so that any class fits in memory.

    Seven queries, one for the accounts, and one for each piece as it is written.
    """
    leaves = Leaves(classroom, withholding.everything(reader, at))
    return Content(leaves.count(), _files(leaves, wish))


def _files(leaves: Leaves, wish: Wish) -> Iterator[File]:
    yield _table("students.csv", _students(leaves, wish), NAMES if wish.has_names else ())
    yield _table("days.csv", _days(leaves))
    yield _table("assignments.csv", _assignments(leaves.classroom))
    yield _table("attempts.csv", _attempts(leaves))
    yield _table("outcomes.csv", _outcomes(leaves))
    yield File(STATEMENTS, _lines(stating.statements(leaves, wish.home, has_names=wish.has_names)))


def _table(name: str, pieces: Iterable[list[Any]], more: Sequence[str] = ()) -> File:
    return File(name, _chunks((*HEADS[name], *more), pieces))


def _chunks(head: Sequence[str], pieces: Iterable[list[Any]]) -> Iterator[Chunk]:
    yield Chunk(tables.csv_bytes([head]))
    for rows in pieces:
        yield Chunk(tables.csv_bytes(rows), len(rows))


def _lines(pieces: Iterable[stating.Piece]) -> Iterator[Chunk]:
    for piece in pieces:
        yield Chunk(b"".join(map(xapi.line, piece.statements)), piece.rows)


def _students(leaves: Leaves, wish: Wish) -> Iterator[list[Any]]:
    for students in batched(leaves.accounts, STUDENTS_AT_ONCE):
        sums = leaves.sums(students)
        found = leaves.places.filter(user__in=students).select_related("user")
        yield [_student(leaves, one, sums.get(one.user_id, {}), wish) for one in found]


def _student(leaves: Leaves, place: Enrollment, sums: dict[str, Any], wish: Wish) -> list[Any]:
    names = ("known_change", "learning_change", "reviews", "recalled")
    figures = [sums.get(name) or 0 for name in names]
    named = [place.user.name, place.user.username] if wish.has_names else []
    account = leaves.accounts[place.user_id]
    seconds = (sums.get("duration_ms") or 0) // MILLISECONDS
    return [account, _moment(place.joined_at), *figures, seconds, *named]


def _days(leaves: Leaves) -> Iterator[list[Any]]:
    figures = ("reviews", "recalled", "introduced", "known_change", "learning_change")
    columns = ("day", "chapter__book", "chapter__slug", "kind", *figures, "duration_ms")
    for rows in leaves.through(DayTally.objects.order_by(), columns):
        yield [
            [
                *(leaves.accounts[row.learner], row.day.isoformat(), row.chapter__slug, row.kind),
                *(getattr(row, name) for name in figures),
                row.duration_ms // MILLISECONDS,
            ]
            for row in rows
            if row.chapter__book == leaves.classroom.book_id
        ]


def _assignments(classroom: Classroom) -> Iterator[list[Any]]:
    given = classroom.assignments.select_related("quiz").order_by("opens_at", "pk")
    rows = [
        [
            *(str(one.uid), str(one.quiz.uid), one.quiz.title),
            *(_moment(one.opens_at), _moment(one.closes_at), _yes(one.is_graded)),
            *(_moment(one.released_at), _moment(one.withdrawn_at)),
        ]
        for one in given
    ]
    yield rows


def _attempts(leaves: Leaves) -> Iterator[list[Any]]:
    columns = (*stating.ATTEMPT, "assignment__uid")
    for rows in leaves.through(leaves.attempts, columns):
        yield [
            [
                *(leaves.accounts[row.learner], str(row.uid), str(row.assignment__uid)),
                *(row.number, _moment(row.started_at), _moment(row.handed_in_at)),
                *(_yes(row.is_timed_out), row.days_late, _share(row.score)),
            ]
            for row in rows
        ]


def _outcomes(leaves: Leaves) -> Iterator[list[Any]]:
    columns = (*stating.SERVED, "revision__kind", "weight")
    for rows in leaves.through(leaves.served.with_answers(), columns, "attempt__learner"):
        yield [_outcome(leaves, row) for row in rows]


def _outcome(leaves: Leaves, row: Any) -> list[Any]:
    account, is_kept = leaves.accounts[row.attempt__learner], row.revision__item in leaves.kept
    is_answered = stating.is_answered(row.fraction, row.newest_answer)
    is_sure, fraction = row.newest_is_sure, None if is_kept else row.fraction
    return [
        *(account, str(row.attempt__uid), row.position, str(row.revision__item__uid)),
        *(row.revision__number, row.revision__kind, row.weight, _yes(is_answered)),
        *(_share(fraction), "" if is_sure is None else _yes(is_sure), row.tries),
        *(_yes(row.is_hinted), _yes(row.is_dropped), row.newest_sequence or 0),
        _moment(row.newest_saved_at),
    ]


def _share(units: int | None) -> float | None:
    return None if units is None else units / FULL_FRACTION


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _moment(at: datetime | None) -> str:
    return xapi.moment(at) if at else ""
