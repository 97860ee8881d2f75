"""A hint leads to the answer and does not say it."""

from collections.abc import Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.guards.asking import Asked, asked
from quizzes.content.packs.numerals import numerals
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Question

RULE = "hint"
_OPEN = {"true_false", "essay"}
"""The kinds whose right answers are said by too many words, or by none."""


def faults(contents: Contents) -> Iterator[Fault]:
    """Hints that hold a right answer."""
    for item in asked(contents):
        question = item.item
        if isinstance(question, Question) and question.hint and question.kind not in _OPEN:
            for answer in _answers(item, question):
                if _gives_away(question.hint, answer):
                    message = f"The hint says the answer “{answer}”"
                    remedy = "Say what leads there, not what is there"
                    yield Fault((*question.path, "hint"), RULE, message, remedy)


def _answers(item: Asked, question: Question) -> list[str]:
    """What is right, each once; the first fact's name where the question leaves it to that."""
    said = [text for _path, text in item.keyed] + [pair.right for pair in question.pairs]
    is_left = question.kind == "short_text" and not question.accepted
    said += [fact.label for fact in item.facts[:1] if is_left]
    return list({wording.normalized(text): text for text in said if text}.values())


def _gives_away(hint: str, answer: str) -> bool:
    numbers = {numeral.value for numeral in numerals(answer)}
    is_number = len(numbers) == 1 and answer.strip()[:1].isdigit()
    told = {numeral.value for numeral in numerals(hint)}
    return wording.says(hint, answer) or (is_number and bool(numbers & told))
