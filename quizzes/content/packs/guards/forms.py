"""A question of each kind has the parts that its kind is asked and marked by."""

from collections.abc import Iterator

from quizzes.content.dates import Precision
from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Argument, Event, Quantity, Question

RULE = "form"
CHOSEN = {"single", "several", "true_false", "classify"}
TYPED = {"short_text", "number", "date", "cloze"}
GAP = "___"
"""What a stem shows in place of the words that a cloze asks for."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Missing or needless parts, and keys that no mark could be given by."""
    for question in contents.questions:
        if not (question.is_card or question.is_question):
            message = "Neither a card nor a question"
            yield _fault(question, ("is_question",), message, "Make one of the two true")
        yield from _needless(question)
        yield from _chosen(contents, question)
        yield from _typed(contents, question)
        yield from _sorted(question)


def _needless(question: Question) -> Iterator[Fault]:
    uses = {
        "options": question.kind in CHOSEN,
        "pairs": question.kind == "matching",
        "order": question.kind == "ordering",
        "accepted": question.kind in TYPED,
    }
    for part, is_used in uses.items():
        if getattr(question, part) and not is_used:
            message = f"A question of kind {question.kind} has no `{part}`"
            yield _fault(question, (part,), message, "Remove them or change the kind")


def _chosen(contents: Contents, question: Question) -> Iterator[Fault]:
    if question.kind not in CHOSEN:
        return
    if question.kind == "classify" and not question.options:
        if not any(isinstance(fact, Argument) for fact in contents.tested(question)):
            message = "Nothing tells the right class"
            yield _fault(question, (), message, "Test an argument, or write the options out")
        return
    yield from _options(question)


def _options(question: Question) -> Iterator[Fault]:
    right = sum(option.correct for option in question.options)
    wrong = len(question.options) - right
    if right != 1 and question.kind != "several":
        yield _fault(question, ("options",), f"{right} options are correct", "Make it one")
    if question.kind == "several" and not right:
        yield _fault(question, ("options",), "No option is correct", "Mark those that are")
    if question.kind == "true_false":
        if {wording.normalized(option.text) for option in question.options} != {"true", "false"}:
            message = "The options are not True and False"
            yield _fault(question, ("options",), message, "Write the two options True and False")
    elif wrong < 2:
        message = "Fewer than two options are wrong"
        yield _fault(question, ("options",), message, "Add good ones, or ask for a typed answer")


def _typed(contents: Contents, question: Question) -> Iterator[Fault]:
    if question.kind not in TYPED:
        return
    if question.kind == "cloze" and GAP not in question.stem:
        yield _fault(question, ("stem",), "The stem shows no gap", f"Write {GAP} where it is")
    if not question.accepted and not _is_derived(contents, question):
        message = "No accepted answer is given, and the first tested fact gives none"
        yield _fault(question, (), message, "Add `accepted`")
    if question.kind == "number":
        for index, answer in enumerate(question.accepted):
            if isinstance(answer, str) and len(numerals(answer)) != 1:
                message = f"“{answer}” is no number"
                yield _fault(question, ("accepted", index), message, "Write a whole number")


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
        case "short_text":
            return fact.KIND in {"figure", "term", "place"}
    return False


def _sorted(question: Question) -> Iterator[Fault]:
    if question.kind == "matching" and len(question.pairs) < 3:
        yield _fault(question, ("pairs",), "Fewer than three pairs", "Add pairs")
    if question.kind == "matching":
        for side in ("left", "right"):
            said = [wording.normalized(getattr(pair, side)) for pair in question.pairs]
            if len(set(said)) < len(said):
                message = f"Two pairs say the same on the {side}"
                yield _fault(question, ("pairs",), message, "Let each stand once")
    if question.kind == "ordering" and len(question.order) < 3:
        yield _fault(question, ("order",), "Fewer than three things to order", "Add some")


def _fault(question: Question, steps: tuple[str | int, ...], message: str, remedy: str) -> Fault:
    return Fault((*question.path, *steps), RULE, message, remedy)
