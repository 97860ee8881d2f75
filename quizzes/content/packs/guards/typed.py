"""What is typed can be read, and some answer earns the whole mark."""

from collections.abc import Iterator
from decimal import Decimal

from quizzes.content import dates
from quizzes.content.dates import Precision
from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Typing, typings
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import AcceptedShape, Event, Quantity, Question
from quizzes.content.packs.shapes.parts import Path

FORM, ACCEPTED = "form", "accepted"
_DERIVING = {"short_text", "number", "date"}


def faults(contents: Contents) -> Iterator[Fault]:
    """Keys of typed answers that are missing, unreadable, worth nothing or there twice."""
    for question in contents.questions:
        yield from _missing(contents, question)
        for place in typings(question):
            for path, one in place.accepted:
                yield from _unfit(place.kind, path, one)
            yield from _worthless(contents, question, place)
            yield from _twice(question, place)


def _missing(contents: Contents, question: Question) -> Iterator[Fault]:
    is_asked = question.kind in _DERIVING and not question.accepted
    if is_asked and not _is_derived(contents, question):
        message = "No accepted answer is given, and the first tested fact gives none"
        yield Fault(question.path, FORM, message, "Add `accepted`")


def _is_derived(contents: Contents, question: Question) -> bool:
    """Whether the first fact that is tested says the answer."""
    fact = next(iter(contents.tested(question)), None)
    if fact is None:
        return True  # an unknown slug has been reported as such
    match question.kind:
        case "number":
            return isinstance(fact, Quantity) and fact.value is not None
        case "date":
            return isinstance(fact, Event) and fact.when.precision is not Precision.ERA
    return fact.KIND in {"figure", "term", "place"}


def _unfit(kind: str, path: Path, one: AcceptedShape) -> Iterator[Fault]:
    if one.text is None and one.number is None:
        message = "An accepted answer without an answer"
        yield Fault(path, ACCEPTED, message, "Write its `text` or its `number`")
        return
    if kind == "number":
        yield from _no_number(path, one)
    for part in ("tolerance", "bound"):
        if getattr(one, part) and kind != "number":
            message = f"`{part}` belongs to a number"
            yield Fault((*path, part), ACCEPTED, message, "Remove it, or ask for a number")
    if one.share == 0 and not one.feedback:
        message = "An answer that earns nothing and about which nothing is said"
        yield Fault(path, ACCEPTED, message, "Add `feedback`, or a `share` of the mark")


def _no_number(path: Path, one: AcceptedShape) -> Iterator[Fault]:
    said = [numeral.value for numeral in numerals(one.text or "")]
    if one.number is None and len(said) != 1:
        yield Fault(path, FORM, f"“{one.text}” is no number", "Write a whole number")
    elif one.number is not None and said and said != [one.number]:
        message = f"“{one.text}” says another number than `number`"
        yield Fault((*path, "text"), ACCEPTED, message, "Let them say the same")


def _worthless(contents: Contents, question: Question, place: Typing) -> Iterator[Fault]:
    """Only a question may leave the whole mark to its first fact."""
    is_left = question.kind in _DERIVING and _is_derived(contents, question)
    if place.accepted and all(one.share < 1 for _path, one in place.accepted) and not is_left:
        message = "No accepted answer earns the whole mark"
        yield Fault(place.path, ACCEPTED, message, "Let one have a `share` of 1, or none named")


def _twice(question: Question, place: Typing) -> Iterator[Fault]:
    seen: dict[object, str] = {}
    for path, one in place.accepted:
        key = _key(question, place.kind, one)
        if key in seen:
            message = f"“{one.said}” is accepted already, as “{seen[key]}”"
            yield Fault(path, ACCEPTED, message, "Let each answer stand once")
        seen.setdefault(key, one.said)


def _key(question: Question, kind: str, one: AcceptedShape) -> object:
    """What makes two accepted answers one."""
    said = [numeral.value for numeral in numerals(one.said)]
    if kind == "number" and (one.number is not None or len(said) == 1):
        return Decimal(str(one.number)) if one.number is not None else Decimal(said[0])
    when = dates.parse(one.said) if kind == "date" else None
    if when:
        return when.bounds
    is_exact = question.is_case_exact or question.is_accent_exact
    return one.said if is_exact else wording.normalized(one.said)
