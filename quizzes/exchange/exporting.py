"""Exporting: what somebody wrote on a book goes out beside the book's pack, as a folder in a zip.

The pack's files are the very bytes that came in. What a pack cannot say, or its guards refuse, is
told and left out, so that what goes out can always come in again: as the same questions, and with
the same bytes when it goes out once more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quizzes.assessment import withholding
from quizzes.assessment.models import Quiz as QuizRow
from quizzes.content.models import Book
from quizzes.content.packs import Contents, adding
from quizzes.content.packs.shapes import (
    OWN_FILES,
    OWN_QUESTIONS,
    OWN_QUIZZES,
    Argument,
    Question,
    Quiz,
)
from quizzes.content.packs.wording import says
from quizzes.exchange import noting, packing, storing, telling
from quizzes.exchange.formats import yamls, zips
from quizzes.exchange.records.questions import Doubt, UnsayableError, Values, comparable
from quizzes.items import authoring
from quizzes.items.models import Item
from quizzes.items.snapshotting import Snapshot
from quizzes.items.standing import Standing
from quizzes.items.wordings import Entry
from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is refused: by which rule, where in it, and what the rule says and advises.

    Where it has not even the shape of an entry, the rule is the kind of error in pydantic's words,
    and `most` is how long the text may be.
    """

    rule: str
    where: tuple[str | int, ...]
    message: str
    remedy: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question or quiz that cannot go out: what of it no pack can say, or why it is refused."""

    row: Item | QuizRow
    doubt: Doubt | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A pack's files as they go out, and what stays here."""

    folder: str
    files: dict[str, str]
    questions: int
    quizzes: int
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def archive(self) -> bytes:
        """The folder as a zip."""
        return zips.packed(self.folder, self.files)


def ensure_told(book: Book, author: User, at: datetime) -> None:
    """Refuse with `MayBeAsked` while some of what a book's pack asks is kept from somebody.

    The pack's files go out whole, with its keys.
    """
    if book.owner_id is None:
        of_pack = Item.objects.filter(book=book, origin=Item.Origin.PACK)
        withholding.ensure_all_told(of_pack, author, at)


def export(book: Book, author: User) -> Export | None:
    """What goes out of a book for its author; nothing where the book came with no pack.

    Whether they may be told what is in it, `ensure_told` says.
    """
    copy = storing.newest(book)
    kept = storing.files(copy) if copy else {}
    if book.owner_id is not None:
        kept = {name: text for name, text in kept.items() if name not in OWN_FILES}
    base, _problems = storing.read(kept)
    if base is None:
        return None
    where = book if book.owner_id else Book.objects.filter(owner=author, about=book).first()
    going = _Going(book, base.contents, where)
    if where is not None:
        going.add_items(_standing(where))
        going.add_quizzes(where)
    going.leave_out_what_is_refused()
    questions = [going.questions[slug] for slug in going.questions]
    quizzes = [going.quizzes[slug] for slug in going.quizzes]
    files = dict(kept)
    _add(files, OWN_QUESTIONS, "questions", questions)
    _add(files, OWN_QUIZZES, "quizzes", quizzes)
    return Export(base.manifest.id, files, len(questions), len(quizzes), going.left_out)


def objections(book: Book, one: Standing, seen: Snapshot) -> LeftOut | None:
    """Why the export of a book would leave out a question as it stands, if it would.

    `seen` are the book's facts as they are now. A book that came with no pack objects to nothing.
    """
    contents = storing.contents(book)
    if contents is None:
        return None
    facts_alone = replace(contents, questions=[], cards=[], quizzes=[])
    going = _Going(book, facts_alone, None, seen)
    going.add_items([one])
    going.leave_out_what_is_refused()
    return next(iter(going.left_out), None)


class _Going:
    """What wants to go out, and what of it may; `seen` are the book's facts, if they are known."""

    def __init__(
        self, book: Book, contents: Contents, where: Book | None, seen: Snapshot | None = None
    ) -> None:
        self.book, self.contents, self.seen = book, contents, seen
        self.shelf = telling.shelf(book, where)
        self.rows: dict[str, Item | QuizRow] = {}
        self.questions: dict[str, Values] = {}
        self.quizzes: dict[str, Values] = {}
        self.left_out: list[LeftOut] = []
        self._shapes: dict[str, Question] = {}
        self._plans: dict[str, Quiz] = {}
        self._stand: dict[str, Standing] = {}

    def add_items(self, found: Iterable[Standing]) -> None:
        """Take in the questions that a pack has words for."""
        for one in found:
            self.rows[one.item.slug] = one.item
            try:
                values = telling.entry(one, self.shelf)
            except UnsayableError as unsayable:
                self.left_out.append(LeftOut(one.item, doubt=unsayable.doubt))
                continue
            values |= self._framing(values)
            if shape := self._shaped(one.item, Question, values):
                self._shapes[shape.slug], self._stand[shape.slug] = shape, one
                self.questions[shape.slug] = values

    def _framing(self, values: Values) -> Values:
        """Whose view a stem asks for by name: in the browser that is said nowhere else."""
        stem, contents = values["stem"], self.contents
        if "according to" not in stem.lower():
            return {}
        tested = [contents.fact_of[slug] for slug in values["tests"] if slug in contents.fact_of]
        for fact in tested:
            for holder in fact.holders if isinstance(fact, Argument) else ():
                figure = contents.figure_of.get(holder.agent.slug or "")
                if figure is not None and says(stem, figure.name):
                    return {"framing": {"according_to": figure.slug}}
        return {}

    def add_quizzes(self, where: Book) -> None:
        """Take in the quizzes that a pack has words for; those that are retired stay."""
        found = QuizRow.objects.filter(book=where, retired_at=None)
        if where.about_id is None:
            found = found.filter(slug__in=packing.own_quizzes(where))
        for quiz in telling.read_whole(found.order_by("slug")):
            if any(slot.item and slot.item.recipe for slot in quiz.slots.all()):
                self.left_out.append(LeftOut(quiz, doubt=Doubt.RECIPE))
                continue
            values = telling.blueprint(quiz)
            if shape := self._shaped(quiz, Quiz, values):
                self.rows[quiz.slug] = quiz
                self._plans[quiz.slug], self.quizzes[quiz.slug] = shape, values

    def leave_out_what_is_refused(self) -> None:
        """Until nothing more is refused: a quiz may ask what has just been left out."""
        self._leave_out_what_is_read_otherwise()
        self._forget_what_stays()
        while refused := self._refused():
            for (of, slug), reasons in refused.items():
                chosen = self.questions if of == "questions" else self.quizzes
                row = self.rows[slug]
                del chosen[slug]
                self.left_out.append(LeftOut(row, reasons=tuple(dict.fromkeys(reasons))))
            self._forget_what_stays()

    def _forget_what_stays(self) -> None:
        """A question goes out although what it was adapted from stays, and names it no more."""
        contents = self.contents
        there = {one.slug for one in contents.questions} | {one.slug for one in contents.cards}
        there |= self.questions.keys()
        for slug, values in self.questions.items():
            origin = values.get("adapted_from", "")
            fact, is_made, _recipe = origin.partition("--")
            is_there = fact in contents.fact_of if is_made else origin in there
            if origin and not is_there:
                del values["adapted_from"]
                self._shapes[slug] = self._shapes[slug].model_copy(update={"adapted_from": None})

    def _shaped[S: (Question, Quiz)](
        self, row: Item | QuizRow, shape: type[S], values: Values
    ) -> S | None:
        try:
            return shape.model_validate(values)
        except ValidationError as error:
            reasons = tuple(_reason(slip) for slip in error.errors(include_url=False))
            self.left_out.append(LeftOut(row, reasons=tuple(dict.fromkeys(reasons))))
            return None

    def _refused(self) -> dict[tuple[str, str], list[Reason]]:
        """What the guards say to the questions and quizzes that are left, by list and slug."""
        if not self.questions and not self.quizzes:
            return {}
        questions = [self._shapes[slug] for slug in self.questions]
        quizzes = [self._plans[slug] for slug in self.quizzes]
        for index, question in enumerate(questions):
            question.standing_at((OWN_QUESTIONS, "questions", index))
        for index, quiz in enumerate(quizzes):
            quiz.standing_at((OWN_QUIZZES, "quizzes", index))
        slugs = {"questions": list(self.questions), "quizzes": list(self.quizzes)}
        refused = defaultdict[tuple[str, str], list[Reason]](list)
        for fault in adding.faults(self.contents, questions, quizzes):
            if fault.path[0] in OWN_FILES:
                of, place = str(fault.path[1]), int(fault.path[2])
                reason = Reason(fault.rule, fault.path[3:], fault.message, fault.remedy)
                refused[of, slugs[of][place]].append(reason)
        return refused

    def _leave_out_what_is_read_otherwise(self) -> None:
        """A pack that says something else than what was written is no export of it."""
        shapes = [self._shapes[slug] for slug in self.questions if self._is_known(slug)]
        for entry, _doubt in authoring.entries(self.book, shapes, self.seen):
            if not _says(entry, self._stand[entry.slug]):
                del self.questions[entry.slug]
                self.left_out.append(LeftOut(self.rows[entry.slug], doubt=Doubt.OTHER))

    def _is_known(self, slug: str) -> bool:
        """Whether the pack states the facts and units that a question names: the guards tell."""
        shape, contents = self._shapes[slug], self.contents
        units = {unit.slug for unit in contents.units}
        chapters = {chapter.number for chapter in contents.chapters}
        number = shape.book_chapter.number if shape.book_chapter else None
        return (
            all(fact in contents.fact_of for fact in shape.tests)
            and shape.unit in units
            and (number is None or number in chapters)
        )


def _standing(where: Book) -> Iterable[Standing]:
    """Somebody's questions but for those that came with a pack and went with it again."""
    brought = noting.brought(storing.newest(where))
    for one in telling.own_questions(where):
        came = one.item.origin == Item.Origin.IMPORTED
        if not came or one.item.state != Item.State.RETIRED or one.item.slug in brought:
            yield one


def _says(entry: Entry, stands: Standing) -> bool:
    """Whether a pack's entry is the question that stands here."""
    placed = (entry.facts, entry.chapter, entry.state, entry.tags)
    standing = (stands.facts, stands.item.chapter_id, stands.item.state, stands.tags)
    wording = stands.wording
    return (
        wording is not None
        and comparable(entry.wording) == comparable(wording)
        and placed == standing
    )


def _reason(slip: ErrorDetails) -> Reason:
    most = slip.get("ctx", {}).get("max_length")
    return Reason(slip["type"], slip["loc"], slip["msg"], most=most)


def _add(files: dict[str, str], name: str, key: str, entries: Sequence[Values]) -> None:
    """Write what goes out into its file, behind what the pack itself has there."""
    if not entries:
        return
    files[name] = yamls.dump({key: [*storing.entries(files, name), *entries]})
