"""What the house is built of, compared with what is written about it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command

LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 300, 40, 8


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[str]:
    """Every file that belongs to the repository and is still there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, text=True, capture_output=True, check=True).stdout
    return [name for name in names.splitlines() if (root / name).is_file()]


@pytest.fixture(scope="session")
def modules(root: Path, tracked: list[str]) -> dict[str, ast.Module]:
    """The syntax tree of each module, by its path; what Django generates is not ours to judge."""
    return {
        name: ast.parse((root / name).read_text())
        for name in tracked
        if name.endswith(".py") and "/migrations/" not in name
    }


def ours(modules: dict[str, ast.Module]) -> dict[str, ast.Module]:
    return {name: tree for name, tree in modules.items() if not name.startswith("tests/")}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def section(readme: str, heading: str) -> str:
    """What the README says under a heading, until the next one of its kind."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    assert found, f"The README has no section “{heading}”."
    return found[1]


def test_each_layer_imports_only_those_below_it(root: Path):
    tool = Path(sys.executable).parent / "lint-imports"
    command = [str(tool), "--no-logo"]
    answer = subprocess.run(command, cwd=root, text=True, capture_output=True, check=False)

    assert answer.returncode == 0, answer.stdout


def test_no_module_is_too_long_to_read_at_one_sitting(root: Path, modules):
    lengths = {name: len((root / name).read_text().splitlines()) for name in ours(modules)}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long_to_see_at_once(modules):
    lengths = {
        f"{name}: {node.name}": length(node)
        for name, tree in modules.items()
        for node in functions(tree)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_short(modules):
    lengths = [length(node) for tree in ours(modules).values() for node in functions(tree)]

    assert median(lengths) <= MEDIAN_FUNCTION


def test_saving_a_row_does_nothing_but_save_it(modules):
    overrides = {
        f"{name}: {node.name}"
        for name, tree in ours(modules).items()
        if "/models" in name
        for node in functions(tree)
        if node.name in {"save", "delete"}
    }

    assert overrides == set()


def test_every_order_is_asked_for_where_it_is_needed(modules):
    ordered = {
        name
        for name, tree in ours(modules).items()
        if "/models" in name
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering"
    }

    assert ordered == set()


def test_templates_trust_nothing_and_style_nothing_themselves(root: Path, tracked: list[str]):
    # What ends in `_html` was cleaned when it was written; help texts are the code's own.
    forbidden = re.compile(
        r"(?<!_html)(?<!help_text)\|safe\b|\sstyle=|\son[a-z]+=|autoescape off|javascript:"
    )
    faults = {
        f"{name}: {found[0].strip()}"
        for name in tracked
        if name.startswith("quizzes/templates/") and name.endswith(".html")
        for found in forbidden.finditer((root / name).read_text())
    }

    assert faults == set()


def test_no_file_says_where_packages_come_from(root: Path, tracked: list[str]):
    hosts = re.compile(
        rb"pypi\.org|pythonhosted\.org|npmjs\.(org|com)"
        rb"|(index-url|find-links|registry|resolved)[\"' =:]+https?://"
    )
    named = {name for name in tracked if hosts.search((root / name).read_bytes())}

    assert named == set()


def test_the_migrations_state_the_models(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_readmes_map_is_the_disk(root: Path, tracked: list[str]):
    blocks = re.findall(
        r"^```\w*\n(.*?)^```",
        section((root / "README.md").read_text(), "Map of the code"),
        re.MULTILINE | re.DOTALL,
    )
    mapped = {
        line.split("—")[0].strip().rstrip("/")
        for block in blocks
        for line in block.splitlines()
        if "—" in line
    }

    folders = {name.split("/")[0] for name in tracked if "/" in name and not name.startswith(".")}
    rooms = {
        "/".join(name.split("/")[:2])
        for name in tracked
        if re.match(r"(quizzes|studyapp)/.", name) and not re.match(r"\w+/__init__", name)
    }
    assert sorted(name for name in mapped if not (root / name).exists()) == []
    assert sorted((folders | rooms) - mapped) == []
