"""A question as its author writes it: everything that may be typed of any kind.

Pure. `canonical` is what of it counts; `composing` makes a wording of that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.items import accepting, phrasing
from quizzes.items.accepting import counted
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.wordings import CriterionWording

GAP = "___"
"""What a stem shows in place of the words that a cloze asks for."""

CHOICES = ("single", "several", "true_false", "classify")
TYPED = {"short_text": "text", "number": "number", "date": "date"}
"""The kinds that are typed in one place, and what is typed there."""
GAP_KINDS = ("text", "number", "date", "choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose; of several right ones each has the whole share. `fact` is a key."""

    text: str
    share: int = 0
    feedback: str = ""
    fact: int | None = None
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An answer that counts: words, a number in figures or a date; `shown` is how it is told."""

    said: str
    share: int = FULL_FRACTION
    tolerance: Decimal = Decimal(0)
    bound: str = ""
    shown: str = ""
    feedback: str = ""
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that belong together."""

    left: str
    right: str
    feedback: str = ""
    fact: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """A right side that belongs to nothing."""

    text: str
    feedback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an order; `is_level` says that it shares its place with the one above it."""

    text: str
    is_level: bool = False
    feedback: str = ""
    fact: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A question of any kind; what its kind has no use for is empty."""

    kind: str
    stem: str = ""
    choices: tuple[Choice, ...] = ()
    typed: tuple[Typed, ...] = ()
    gaps: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    spares: tuple[Spare, ...] = ()
    lines: tuple[Line, ...] = ()
    criteria: tuple[CriterionWording, ...] = ()
    answer: str = ""
    explanation: str = ""
    hint: str = ""
    is_shuffled: bool = True
    is_case_exact: bool = False
    is_accent_exact: bool = False

    @property
    def gap_count(self) -> int:
        return self.stem.count(GAP) if self.kind == "cloze" else 0

    def typing(self, gap: int = 0) -> str:
        """What is typed in a gap, or in the one place that there is."""
        if self.kind == "cloze":
            return self.gaps[gap] if gap < len(self.gaps) else "text"
        return TYPED.get(self.kind, "")


def clean(text: str) -> str:
    """A text as it is kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def canonical(typed: Composition) -> Composition:
    """What was typed, without empty rows and without what its kind has no use for."""
    kind, is_cloze = typed.kind, typed.kind == "cloze"
    stem = clean(typed.stem)
    count = stem.count(GAP) if is_cloze else 0
    gaps = (*typed.gaps[:count], *["text"] * (count - len(typed.gaps)))
    one = replace(typed, stem=stem, gaps=gaps, criteria=() if kind != "essay" else typed.criteria)
    return replace(
        one,
        choices=_choices(one) if kind in CHOICES or is_cloze else (),
        typed=_typed(one) if kind in TYPED or is_cloze else (),
        pairs=tuple(p for p in map(_pair, one.pairs) if p.left) if kind == "matching" else (),
        spares=tuple(s for s in map(_spare, one.spares) if s.text) if kind == "matching" else (),
        lines=_lines(one.lines) if kind == "ordering" else (),
        criteria=tuple(c for c in map(_criterion, one.criteria) if c.text),
        answer=clean(one.answer) if kind == "essay" else "",
        explanation=clean(one.explanation),
        hint=clean(one.hint),
        is_case_exact=one.is_case_exact and kind in ("short_text", "cloze"),
        is_accent_exact=one.is_accent_exact and kind in ("short_text", "cloze"),
    )


def _choices(one: Composition) -> tuple[Choice, ...]:
    """Where several are right, each is wholly; in a cloze, those of gaps that are chosen from."""
    cleaned = [replace(c, text=clean(c.text), feedback=clean(c.feedback)) for c in one.choices]
    if one.kind == "several":
        cleaned = [replace(c, share=FULL_FRACTION if c.share > 0 else 0) for c in cleaned]
    if one.kind != "cloze":
        return tuple(replace(c, gap=0) for c in cleaned if c.text)
    kept = [c for c in cleaned if c.text and c.gap < one.gap_count]
    chosen = [c for c in kept if one.typing(c.gap) == "choice"]
    return tuple(sorted(chosen, key=lambda c: c.gap))


def _typed(one: Composition) -> tuple[Typed, ...]:
    cleaned = [answered(t, one) for t in one.typed]
    if one.kind != "cloze":
        return tuple(replace(t, gap=0) for t in cleaned if t.said)
    kept = [t for t in cleaned if t.said and t.gap < one.gap_count]
    typed = [t for t in kept if one.typing(t.gap) != "choice"]
    return tuple(sorted(typed, key=lambda t: t.gap))


def answered(one: Typed, within: Composition) -> Typed:
    """A typed answer without what only numbers have, and numbers in plain figures."""
    said, shown = clean(one.said), clean(one.shown)
    if within.typing(one.gap) != "number":
        plain = replace(one, said=said, shown="", tolerance=Decimal(0), bound="")
        return replace(plain, feedback=clean(one.feedback))
    value = accepting.number(said)
    bound = one.bound if one.bound in phrasing.QUALIFIERS else ""
    if value is not None:
        said = f"{value.normalize():f}"
        shown = "" if shown == counted(value, bound or "exact").text else shown
    return replace(one, said=said, shown=shown, bound=bound, feedback=clean(one.feedback))


def _pair(one: Pair) -> Pair:
    cleaned = {part: clean(getattr(one, part)) for part in ("left", "right", "feedback")}
    return replace(one, **cleaned)


def _spare(one: Spare) -> Spare:
    return Spare(text=clean(one.text), feedback=clean(one.feedback))


def _criterion(one: CriterionWording) -> CriterionWording:
    return CriterionWording(text=clean(one.text), weight=max(1, one.weight))


def _lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    kept = [replace(o, text=clean(o.text), feedback=clean(o.feedback)) for o in lines]
    kept = [one for one in kept if one.text]
    return tuple(replace(one, is_level=one.is_level and n > 0) for n, one in enumerate(kept))
