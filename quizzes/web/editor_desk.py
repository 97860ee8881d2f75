"""The editor's desk: what was typed, read as far as it goes, with everything to be said of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict

from quizzes.content.models import Book, Fact
from quizzes.exchange import exporting
from quizzes.items import (
    composing,
    contributing,
    criticizing,
    snapshotting,
    suggesting,
    typesetting,
)
from quizzes.items.compositions import Composition, Typed, canonical
from quizzes.items.contributing import Filing
from quizzes.items.criticizing import Remark
from quizzes.items.distractors.choosing import Candidate
from quizzes.items.models import Item, Revision
from quizzes.items.snapshots import BookFacts
from quizzes.items.snapshotting import Snapshot
from quizzes.items.wordings import Wording
from quizzes.people.models import User
from quizzes.web import editor_aside, editor_words, exploring, pack_words, proofing
from quizzes.web.editor_aside import Posted
from quizzes.web.editor_forms import QuestionForm
from quizzes.web.editor_moves import gap_kinds, gap_of, read_rows
from quizzes.web.editor_rows import BOUNDS, GAP_TYPES, LEVELS, ROWS, Row
from quizzes.web.proofing import Proof

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class EditedGap:
    """A gap of a cloze, with its rows and their places among all."""

    place: int
    kind: str
    answers: list[tuple[int, Row]]
    options: list[tuple[int, Row]]

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def typed_kind(self) -> str:
        """The kind of question that is typed as this gap is."""
        return {"text": "short_text"}.get(self.kind, self.kind)


class Desk:
    """A form as it stands: bound to what was typed, with the rows that its kind has.

    `book` is the one that the question is on; `item` is none for a question that is not there.
    """

    bounds, levels, gap_types = BOUNDS, LEVELS, GAP_TYPES

    def __init__(self, data: QueryDict, book: Book, author: User, item: Item | None = None) -> None:
        self.data, self.book, self.author, self.item = data, book, author, item
        is_others = item is not None and item.book.owner_id != author.pk
        self.form = QuestionForm(data, book=book, item=item, keeps_state=is_others)
        self.rows: dict[str, list[Row]] = {name: self._bound(row) for name, row in ROWS.items()}

    def _bound(self, row: type[Row]) -> list[Row]:
        bound = []
        for values in read_rows(self.data, row):
            one = row(values)
            one.facts = self.fact_keys
            bound.append(one)
        return bound

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", ""))

    @cached_property
    def facts(self) -> list[Fact]:
        """The facts that it tests, in order."""
        wanted = list(dict.fromkeys(self.data.getlist("fact")))
        found = {fact.slug: fact for fact in self._named if fact.slug in wanted}
        return [found[slug] for slug in wanted if slug in found]

    @cached_property
    def _named(self) -> list[Fact]:
        names = ("fact", *(f"{row.name}-fact" for row in ROWS.values()))
        slugs = {slug for name in names for slug in self.data.getlist(name) if slug}
        return list(Fact.objects.filter(book=self.book, slug__in=slugs).order_by("pk"))

    @cached_property
    def fact_keys(self) -> dict[str, int]:
        return {fact.slug: fact.pk for fact in self._named}

    @cached_property
    def composition(self) -> Composition:
        """What was typed, as far as it counts."""
        self.form.is_valid()
        said = self.form.cleaned_data
        typed = Composition(
            kind=said.get("kind", "single"),
            gaps=tuple(self.data.getlist("gap-kind")),
            choices=self._read("option"),
            typed=self._read("answer"),
            pairs=self._read("pair"),
            spares=self._read("spare"),
            lines=self._read("line"),
            criteria=self._read("criterion"),
            stem=said.get("stem", ""),
            answer=said.get("answer", ""),
            explanation=said.get("explanation", ""),
            hint=said.get("hint", ""),
            is_shuffled=bool(said.get("is_shuffled")),
            is_case_exact=bool(said.get("is_case_exact")),
            is_accent_exact=bool(said.get("is_accent_exact")),
        )
        return canonical(typed)

    def _read(self, name: str) -> tuple[Any, ...]:
        return tuple(row.read() for row in self.rows[name])  # type: ignore[attr-defined]

    @cached_property
    def before(self) -> Wording | None:
        """What the question says so far."""
        return contributing.in_force(self.item) if self.item else None

    @cached_property
    def wording(self) -> Wording:
        wording = composing.wording(self.composition, self.before)
        return typesetting.typeset(wording, self.item.book_id if self.item else None)

    @property
    def filing(self) -> Filing:
        """Where it is filed, of a form that is valid."""
        said = self.form.cleaned_data
        section = said["section"] or (self.facts[0].section if self.facts else None)
        own = self.book.sections.order_by("position", "pk")
        return Filing(
            chapter=said["chapter"],
            section=section or own.filter(chapter=said["chapter"]).first() or own.first(),
            facts=tuple(fact.pk for fact in self.facts),
            tags=said["tags"],
            skill=said["skill"],
            difficulty=said["difficulty"],
            state=said["state"],
        )

    @cached_property
    def _seen(self) -> Snapshot:
        return snapshotting.snapshot(self.book)

    @property
    def known(self) -> BookFacts:
        """The facts of the book that the question is on."""
        return self._seen.facts

    @cached_property
    def remarks(self) -> list[Remark]:
        slugs = [fact.slug for fact in self.facts]
        return criticizing.criticize(self.composition, self.known, slugs)

    @property
    def gaps(self) -> list[EditedGap]:
        """The gaps of a cloze, each with its own rows."""
        return [
            EditedGap(place, kind, self._in_gap("answer", place), self._in_gap("option", place))
            for place, kind in enumerate(gap_kinds(self.data))
        ]

    def _in_gap(self, name: str, gap: int) -> list[tuple[int, Row]]:
        rows = enumerate(self.rows[name])
        return [(place, row) for place, row in rows if gap_of(row.typed) == gap]

    @property
    def unseen(self) -> list[Posted]:
        """What was typed that this kind has no field for."""
        return editor_aside.unseen(self.data)

    @property
    def told(self) -> list[tuple[Remark, str]]:
        """The remarks with their words."""
        return [(remark, editor_words.told(remark)) for remark in self.remarks]

    @cached_property
    def objections(self) -> list[str]:
        """Why the book's pack would not take the question, once it can be asked."""
        if not self.form.is_valid() or any(one.blocks for one in self.remarks):
            return []
        stands = contributing.unsaved(self.wording, self.filing)
        found = exporting.objections(self.book, stands, self._seen)
        labels = {slug: fact.label for slug, fact in self._seen.rows.items()}
        return pack_words.reasons(found, labels) if found else []

    @property
    def seen_rows(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows that this kind shows, by what they are called in each list of them."""
        for gap in self.gaps:
            name = "option" if gap.kind == "choice" else "answer"
            placed = gap.options if gap.kind == "choice" else gap.answers
            yield editor_words.row_name(name, gap.number), [row for _place, row in placed]
        for name, rows in self.rows.items():
            if self.kind != "cloze" and editor_aside.is_seen(self.kind, name):
                yield editor_words.row_name(name), rows

    @property
    def slips(self) -> list[str]:
        """What of the rows cannot be read, and why."""
        return [
            slip
            for name, rows in self.seen_rows
            for number, row in enumerate(rows, 1)
            for slip in editor_words.slips(row, name % {"number": number})
        ]

    @property
    def lost(self) -> list[Typed]:
        """Typed answers that no key could hold."""
        one = self.composition
        known = composing.read(self.before).typed if self.before else ()
        return [
            answer
            for answer in one.typed
            if answer not in known and composing.unreadable(answer, one.typing(answer.gap))
        ]

    @property
    def proposed(self) -> Revision.Change | None:
        """The kind of change that this would be; none where the wording is as it was."""
        if self.before is None or composing.read(self.before) == self.composition:
            return None
        is_same = self.before.meaning == self.wording.meaning
        return Revision.Change.COSMETIC if is_same else Revision.Change.SUBSTANTIVE

    @cached_property
    def suggestions(self) -> tuple[Candidate, ...]:
        """Wrong options that the book offers, where options are chosen from."""
        if self.composition.kind not in ("single", "several") or not self.facts:
            return ()
        rights = [choice.text for choice in self.composition.choices if choice.share > 0]
        taken = [choice.text for choice in self.composition.choices]
        slugs = [fact.slug for fact in self.facts]
        return suggesting.suggest(self.known, slugs, rights[0] if rights else "", taken)

    @property
    def proof(self) -> Proof:
        return proofing.proof(self.wording, self.composition, self.data.getlist("look"))

    @property
    def query(self) -> str:
        """What the book's facts are searched for."""
        return str(self.data.get("fact-query", "")).replace("\0", "").strip()

    @cached_property
    def found(self) -> list[Fact]:
        """The facts that the search of the form finds in this book."""
        if not self.query:
            return []
        picked = {fact.pk for fact in self.facts}
        here = exploring.search(self.author, self.query, self.book)
        return [one for one in here if one.pk not in picked][:MOST_FOUND]

    @property
    def manuscript(self) -> UUID | None:
        self.form.is_valid()
        found: UUID | None = self.form.cleaned_data.get("manuscript")
        return found

    def check(self) -> bool:
        """Whether it can be saved; what is in the way is told beside its field.

        Whoever was overtaken by another revision saves a second time to put theirs in its place.
        """
        self.form.is_valid()
        for slip in self.slips:
            self.form.add_error(None, slip)
        if self.lost:
            self.form.add_error(None, editor_words.LOST % {"said": self.lost[0].said})
        wants_ready = self.form.cleaned_data.get("state") == Item.State.READY
        if wants_ready and self.remarks and self.remarks[0].blocks:
            self.form.add_error("state", editor_words.unready(self.remarks[0]))
        if self.form.is_outdated and self.item:
            self.form.add_error(None, editor_words.OVERTAKEN)
            self.data["seen"] = str(self.item.revision_id)
        return not self.form.errors
