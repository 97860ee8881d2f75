"""An essay says what earns its mark."""

from collections.abc import Iterator

from quizzes.content.packs import wording
from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Question

RULE = "rubric"


def faults(contents: Contents) -> Iterator[Fault]:
    """Essays that nobody could mark alike, and criteria that stand there twice."""
    for question in contents.questions:
        if question.kind == "essay":
            yield from _rubric(question)


def _rubric(question: Question) -> Iterator[Fault]:
    if not question.rubric:
        remedy = "Add `rubric`: what a marker looks for, each with its weight"
        yield Fault(question.path, RULE, "Nothing says what earns the mark", remedy)
    seen: set[str] = set()
    for index, criterion in enumerate(question.rubric):
        said = wording.normalized(criterion.text)
        if said in seen:
            path = (*question.path, "rubric", index, "text")
            message = f"“{criterion.text}” is looked for already"
            yield Fault(path, RULE, message, "Let each stand once, with the weight it has")
        seen.add(said)
