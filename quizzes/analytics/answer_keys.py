"""Answer keys: what answers in places mean by the key in force: which are right, which the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from quizzes.assessment import grading, marking, telling_apart
from quizzes.assessment.answering import CLOZE, TYPED_KINDS, Typed
from quizzes.assessment.grading import Key
from quizzes.assessment.grading.placing import closed
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Option, OptionKey, Revision
from quizzes.items.normalizing import answer_key, normalized

Kind = Revision.Kind

ACCEPTED = (
    *("position", "fraction", "number", "tolerance", "bound", "precision", "not_before"),
    *("not_after", "case_rule", "revision__is_case_exact", "revision__is_accent_exact"),
)
OPTION = ("option__position", "match", "rank")
"""What is read of an accepted answer, and of an option, beside its revision, part and text."""


@dataclass(slots=True)
class Rows:
    """The rows that keys are made of, by revision."""

    accepted: dict[int, dict[int, list[AcceptedAnswer]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    options: dict[int, dict[int, list[OptionKey]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    pairs: dict[int, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    credits: dict[int, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))

    def accept(self, revision: int, part: int, text: str, told: Sequence[Any]) -> None:
        """An accepted answer, of which `told` holds what `ACCEPTED` names."""
        *columns, is_case_exact, is_accent_exact = told
        values = dict(zip(ACCEPTED, columns, strict=False))
        values |= {name: _decimal(values[name]) for name in ("number", "tolerance")}
        values |= {name: _date(values[name]) for name in ("not_before", "not_after")}
        asked = Revision(pk=revision, is_case_exact=is_case_exact, is_accent_exact=is_accent_exact)
        row = AcceptedAnswer(revision=asked, part=part, text=text, **values)
        self.accepted[revision][part].append(row)
        self.accepted[revision][part].sort(key=lambda one: one.position)

    def offer(self, revision: int, part: int, text: str, told: Sequence[Any]) -> None:
        """An option, of which `told` holds what `OPTION` names."""
        position, match, rank = told
        option = Option(revision_id=revision, part=part, position=position, text=text)
        self.options[revision][part].append(OptionKey(option=option, match=match, rank=rank))
        self.options[revision][part].sort(key=lambda one: one.option.position)

    def precede(self, revision: int, _part: int, _text: str, told: Sequence[Any]) -> None:
        """One line that comes before another."""
        earlier, later = told
        self.pairs[revision].add((earlier, later))

    def credit(self, revision: int, part: int, text: str, _told: Sequence[Any]) -> None:
        """A text that a regrade credits."""
        self.credits[revision].add((part, normalized(text)))

    def keyed(self, kind: str, asked: int, key: int) -> Keyed:
        """A wording of a kind, with the key of the revision that is in force for it."""
        options, accepted = self.options.get(key, {}), self.accepted.get(key, {})
        made = marking.key(kind, options, accepted, frozenset(self.pairs.get(key, ())))
        texts = {
            part: [one.option.text for one in those]
            for part, those in self.options.get(asked, {}).items()
        }
        return Keyed(kind, made, texts, accepted, self.credits.get(asked, set()))


@dataclass(frozen=True, slots=True)
class Keyed:
    """A wording with its key: what each answer in each of its places comes to."""

    kind: str
    key: Key
    texts: Mapping[int, Sequence[str]]
    """Of its options, by part."""
    accepted: Mapping[int, Sequence[AcceptedAnswer]]
    credits: Collection[tuple[int, str]]
    """The texts that a regrade credits, each with its part."""

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED_KINDS or self.kind == CLOZE

    @property
    def parts(self) -> Iterable[int]:
        """Its places; of a cloze the gaps for texts."""
        return sorted(self.accepted) if self.is_typed else range(len(self.texts.get(0, ())))

    def place(self, part: int) -> str:
        """The left side that a place is; nothing of other places."""
        lefts = self.texts.get(0, ())
        return lefts[part] if self.kind == Kind.MATCHING and part < len(lefts) else ""

    def said(self, answer: str, text: str) -> str:
        """An answer in words."""
        if self.is_typed:
            return text
        options = self.texts.get(1 if self.kind == Kind.MATCHING else 0, ())
        return options[int(answer)] if int(answer) < len(options) else answer

    def same(self, part: int, answer: str, text: str) -> str:
        """What makes two answers in a place one; a gap takes what its key takes."""
        if self.kind == Kind.MATCHING:
            return answer_key(self.said(answer, text))
        accepted = self.accepted.get(part, ())
        if self.kind == CLOZE and accepted:
            return telling_apart.same(marking.kind_of(accepted[0]), text, accepted[0].revision)
        return answer

    def is_right(self, part: int, answer: str, text: str) -> bool:
        """Whether an answer earns anything where it stands."""
        match self.key:
            case grading.Matching(matches):
                return part < len(matches) and int(answer) in matches[part]
            case grading.Ordering():
                return _may_stand(self.key, int(answer), part)
            case grading.Cloze(gaps):
                return part < len(gaps) and _earns(gaps[part], text)
        return self.is_typed and _earns(self.key, text)

    def is_credited(self, part: int, text: str) -> bool:
        """Whether the regrade in force credits a text."""
        return bool(self.credits) and (part, normalized(text)) in self.credits

    def rights(self, part: int) -> list[str]:
        """All right answers of a place that has an end of answers, by their own places."""
        if self.is_typed:
            return []
        options = self.texts.get(1 if self.kind == Kind.MATCHING else 0, ())
        return [str(n) for n in range(len(options)) if self.is_right(part, str(n), "")]

    def main(self, part: int) -> str:
        """The first accepted text of a place that earns the whole mark."""
        whole = [one for one in self.accepted.get(part, ()) if one.fraction == FULL_FRACTION]
        return (whole[0].text or f"{whole[0].number:f}") if whole else ""


def _earns(key: Key, text: str) -> bool:
    return (grading.grade(key, Typed(text)).fraction or 0) > 0


def _may_stand(key: grading.Ordering, line: int, rank: int) -> bool:
    """Whether some order that keeps all pairs has a line at a place, from 0."""
    before = closed(key.before)
    earlier = sum(then == line for _first, then in before)
    later = sum(first == line for first, _then in before)
    return earlier <= rank < len(key.feedback) - later


def _decimal(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _date(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
