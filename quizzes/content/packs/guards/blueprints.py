"""A quiz names questions that can be asked, and draws by what some question has."""

from collections.abc import Iterator

from quizzes.content.packs.contents import Contents
from quizzes.content.packs.problems import Fault
from quizzes.content.packs.shapes import Draw, Question, Quiz
from quizzes.content.packs.shapes.parts import Path

RULE = "blueprint"
_RULES = ("unit", "chapter", "fact_kind", "kind", "skill", "difficulty", "tag")


def faults(contents: Contents) -> Iterator[Fault]:
    """Fixed questions that are drawn as well, asked twice or never, and tags without a question."""
    questions = {question.slug: question for question in contents.questions}
    tags = {tag for question in contents.questions if _is_asked(question) for tag in question.tags}
    for quiz in contents.quizzes:
        yield from _fixed(quiz, questions)
        for index, draw in enumerate(quiz.blueprint):
            if draw.tag and draw.tag not in tags and contents.is_whole:
                path = (*quiz.path, "blueprint", index, "tag")
                message = f"No question has the tag “{draw.tag}”"
                yield Fault(path, RULE, message, "Correct it, or tag questions with it")


def _is_asked(question: Question) -> bool:
    return question.is_question and question.state == "ready"


def _fixed(quiz: Quiz, questions: dict[str, Question]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, draw in enumerate(quiz.blueprint):
        if draw.item is None:
            continue
        path = (*quiz.path, "blueprint", index)
        yield from _drawn(path, draw)
        if draw.item in seen:
            message = f"`{draw.item}` is asked already"
            yield Fault((*path, "item"), RULE, message, "Ask each question once")
        seen.add(draw.item)
        question = questions.get(draw.item)
        if question and not _is_asked(question):
            message = f"`{draw.item}` is no question that a quiz may ask"
            yield Fault((*path, "item"), RULE, message, "Make it one, or name another")


def _drawn(path: Path, draw: Draw) -> Iterator[Fault]:
    rules = [name for name in _RULES if getattr(draw, name) is not None]
    rules += ["count"] if draw.count > 1 else []
    if rules:
        message = f"A question that is named is not drawn by `{rules[0]}`"
        yield Fault((*path, rules[0]), RULE, message, f"Remove `{rules[0]}` or `item`")
