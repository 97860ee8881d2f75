"""What the code itself shows: who may read a key at all, and that nothing is loaded unasked."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps

KEYS = frozenset({"Key", "OptionKey", "AcceptedAnswer", "Criterion", "Precedence"})

READERS = {
    "quizzes/admin/items.py": "the back office shows keys to staff",
    "quizzes/analytics/answer_keys.py": "which answers are right, for analyses",
    "quizzes/analytics/answers_tallied.py": "reads what `answer_keys` goes by, with the answers",
    "quizzes/analytics/cataloging.py": "whether a question of one's bank has an explanation",
    "quizzes/analytics/misfits.py": "whether the key looks wrong, for those who teach the class",
    "quizzes/analytics/report_queues.py": "answers beside reports, for those who answer them",
    "quizzes/analytics/tallied.py": "which option is the key, for those who analyze their class",
    "quizzes/api/backs.py": "backs of flashcards that are not reserved",
    "quizzes/api/results.py": "results, as far as `disclosing` tells them",
    "quizzes/assessment/checklist.py": "whether there is an explanation; not which",
    "quizzes/assessment/judging.py": "what a marker of an essay looks for",
    "quizzes/assessment/marking.py": "keys for `grading`, which tells a fraction",
    "quizzes/assessment/recounting.py": "whether a gap is typed in; not what is right",
    "quizzes/assessment/settling.py": "the hint of a question, where its terms allow tries",
    "quizzes/assessment/sheets.py": "whether a gap takes a text, a number or a date; no more",
    "quizzes/cards/finding.py": "words on the backs of flashcards that are not reserved",
    "quizzes/cards/laying.py": "rubrics on the backs of flashcards that are not reserved",
    "quizzes/exchange/readable/books.py": "what is right in one's own books, on pages to take away",
    "quizzes/items/freezing.py": "writes a revision with its key",
    "quizzes/items/models/__init__.py": "where Django looks",
    "quizzes/items/repicturing.py": "pictures in one's own cards",
    "quizzes/items/searching.py": "words in the answers of one's bank",
    "quizzes/items/standing.py": "compares what a recipe makes with what stands",
    "quizzes/management/demo_answers.py": "answers the demo's questions",
    "quizzes/web/bank_rows.py": "answers in the list of one's bank",
    "quizzes/web/browsing.py": "backs in the browser of cards, without what is reserved",
    "quizzes/web/dealing.py": "backs of flashcards that are not reserved",
    "quizzes/web/essays.py": "what markers of essays look for, for the staff of the class",
    "quizzes/web/explaining.py": "results, as far as `disclosing` tells them",
    "quizzes/web/facing.py": "what a flashcard that is not reserved is checked with",
    "quizzes/web/inspecting.py": "the page of a card, without its back while it is reserved",
    "quizzes/web/marking_forms.py": "the lines of the rubric that a marker ticks",
    "quizzes/web/outcomes.py": "keys to mark anew by, for the staff of the class",
    "quizzes/web/printing.py": "the key on a sheet of its own, for the staff of the class",
    "quizzes/web/regrading.py": "the key that a question was marked by, for the staff of the class",
    "quizzes/web/regrading_forms.py": "whether a gap takes a text, a number or a date; no more",
    "quizzes/web/specimens.py": "questions of one's bank with what is right of them",
}
"""Every module that may import a key, and why; a new one is a decision, taken here."""

UNASKED = {"quizzes/web/guests.py": "a signed claim says whose the guest's reviews are"}
"""Modules that load a row without a queryset that knows the user, and why."""


@pytest.fixture(scope="module")
def trees(root: Path) -> dict[str, ast.Module]:
    """The syntax tree of each module of the service, by its path."""
    return {
        str(path.relative_to(root)): ast.parse(path.read_text())
        for path in sorted((root / "quizzes").rglob("*.py"))
        if "migrations" not in path.parts
    }


def keys_named(tree: ast.AST) -> set[str]:
    """The key models that a module imports, or reaches through one that it has imported."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if "models" in module:
                found |= {name.name for name in names} & KEYS
            case ast.Attribute(attr=attr, value=ast.Name(id="models" | "keys")):
                found |= {attr} & KEYS
            case ast.Call(
                func=ast.Attribute(attr="get_model"), args=[*_, ast.Constant(value=name)]
            ):
                found |= {key for key in KEYS if str(name).lower().endswith(key.lower())}
    return found


def is_unguarded(node: ast.AST) -> bool:
    """Whether rows are loaded without asking who may see them."""
    match node:
        case ast.Attribute(
            attr="all" | "get", value=ast.Attribute(attr="objects" | "_default_manager")
        ):
            return True
        case ast.Call(
            func=ast.Name(id="get_object_or_404" | "get_list_or_404"), args=[ast.Name(id=name), *_]
        ):
            return name[:1].isupper()  # a model, not a queryset
    return False


def test_keys_are_read_where_it_is_written_down(trees):
    readers = {name for name, tree in trees.items() if keys_named(tree)}
    makers = {name for name in readers if name.startswith("quizzes/items/models/")}

    assert readers - makers == set(READERS) - makers


def test_what_asks_reads_no_key(trees):
    """The modules that draw a question, and those that show it while it is open."""
    asking = (
        "quizzes/assessment/drawing.py",
        "quizzes/assessment/shuffling.py",
        "quizzes/web/asking.py",
        "quizzes/api/attempts.py",
    )

    assert [name for name in asking if keys_named(trees[name])] == []


def test_what_is_loaded_is_loaded_through_who_may_see_it(trees):
    found = {
        name: ast.unparse(node)
        for name, tree in trees.items()
        if name.startswith(("quizzes/web/", "quizzes/api/"))
        for node in ast.walk(tree)
        if is_unguarded(node)
    }

    assert set(found) == set(UNASKED), found


def test_no_shape_shows_whatever_its_model_has(trees):
    found = [
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == "__all__"
    ]

    assert found == []


def test_no_way_leads_from_a_question_to_its_key(db):
    """`related_name="+"`: neither an attribute nor a lookup."""
    found = defaultdict(set)
    for model in apps.get_app_config("quizzes").get_models():
        for relation in model._meta.get_fields():
            related = relation.related_model if relation.is_relation else None
            if relation.auto_created and related and related.__name__ in KEYS:
                found[model.__name__].add(relation.name)
    assert found == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Book.objects.all()", True),
        ("Book.objects.get(pk=1)", True),
        ("get_object_or_404(Book, pk=1)", True),
        ("get_object_or_404(Book.objects.visible_to(user), pk=1)", False),
        ("Book.objects.visible_to(user).get(pk=1)", False),
        ("book.chapters.all()", False),
    ],
)
def test_the_guard_tells_one_from_the_other(line, found):
    assert any(is_unguarded(node) for node in ast.walk(ast.parse(line))) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from quizzes.items.models import Item, Key", {"Key"}),
        ("from quizzes.items.models.keys import OptionKey as Choice", {"OptionKey"}),
        ("from quizzes.items import models; models.Criterion", {"Criterion"}),
        ('apps.get_model("quizzes", "AcceptedAnswer")', {"AcceptedAnswer"}),
        ("from quizzes.assessment.grading import Key", set()),
        ("from quizzes.items.models import Item", set()),
    ],
)
def test_the_search_for_keys_finds_them(line, found):
    assert keys_named(ast.parse(line)) == found
