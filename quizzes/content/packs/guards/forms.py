"""A question of each kind has the parts that its kind is asked and marked by."""

from collections.abc import Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import GAP
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Argument, Choice, Question
from quizzes.content.packs.shapes.parts import Path

RULE = "form"
CHOSEN = {"single", "several", "true_false", "classify"}
TYPED = {"short_text", "number", "date", "cloze"}
READ = {"short_text", "cloze"}
"""The kinds in which words are typed, whose capitals and accents may matter."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Missing or needless parts, and keys that no mark could be given by."""
    for question in contents.questions:
        if not (question.is_card or question.is_question):
            message = "Neither a card nor a question"
            yield _fault(question, ("is_question",), message, "Make one of the two true")
        yield from _needless(question)
        yield from _chosen(contents, question)
        yield from _gapped(question)
        yield from _sorted(question)


def _needless(question: Question) -> Iterator[Fault]:
    uses = {
        "options": question.kind in CHOSEN,
        "pairs": question.kind == "matching",
        "distractors": question.kind == "matching",
        "order": question.kind == "ordering",
        "accepted": question.kind in TYPED,
        "gaps": question.kind == "cloze",
        "is_case_exact": question.kind in READ,
        "is_accent_exact": question.kind in READ,
        "rubric": question.kind == "essay",
        "model_answer": question.kind == "essay",
    }
    for part, is_used in uses.items():
        if getattr(question, part) and not is_used:
            message = f"A question of kind {question.kind} has no `{part}`"
            yield _fault(question, (part,), message, "Remove it or change the kind")


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
    if question.kind == "several" and not right:
        yield _fault(question, ("options",), "No option is correct", "Mark those that are")
    elif question.kind != "several":
        yield from one_right((*question.path, "options"), question.options)
    if question.kind == "true_false":
        if {wording.normalized(option.text) for option in question.options} != {"true", "false"}:
            message = "The options are not True and False"
            yield _fault(question, ("options",), message, "Write the two options True and False")
    elif len(question.options) - right < 2:
        message = "Fewer than two options are wrong"
        yield _fault(question, ("options",), message, "Add good ones, or ask for a typed answer")


def one_right(path: Path, options: list[Choice]) -> Iterator[Fault]:
    """That one option is right, where only one can be chosen."""
    right = sum(option.correct for option in options)
    if right != 1:
        yield Fault(path, RULE, f"{right} options are correct", "Make it one")


def _gapped(question: Question) -> Iterator[Fault]:
    if question.kind == "cloze" and GAP not in question.stem:
        yield _fault(question, ("stem",), "The stem shows no gap", f"Write {GAP} where it is")


def _sorted(question: Question) -> Iterator[Fault]:
    if question.kind == "matching" and len(question.pairs) < 3:
        yield _fault(question, ("pairs",), "Fewer than three pairs", "Add pairs")
    if question.kind == "matching":
        for side in ("left", "right"):
            said = [wording.normalized(getattr(pair, side)) for pair in question.pairs]
            if len(set(said)) < len(said):
                message = f"Two pairs say the same on the {side}"
                yield _fault(question, ("pairs",), message, "Let each stand once")
    if question.kind == "ordering" and sum(map(len, question.order)) < 3:
        yield _fault(question, ("order",), "Fewer than three things to order", "Add some")


def _fault(question: Question, steps: tuple[str | int, ...], message: str, remedy: str) -> Fault:
    return Fault((*question.path, *steps), RULE, message, remedy)
