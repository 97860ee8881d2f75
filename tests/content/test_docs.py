"""Every rule that can be broken is written down, with what breaks it and what does not."""

import ast
import re

import pytest
from ruamel.yaml import YAML

SOURCES = ("quizzes/content/packs/**/*.py", "quizzes/content/loading/history.py")
ARGUMENT = {"Fault": 1, "Problem": 3}
"""Where the rule stands among the arguments."""


@pytest.fixture(scope="module")
def entries(root):
    """What the guide says of each rule, by its code."""
    text = (root / "docs" / "content.md").read_text()
    parts = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].strip(): part for part in parts}


def constants(tree):
    """Names that stand for a text, alone or several at once."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = (
                zip(target.elts, value.elts, strict=True)
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                else [(target, value)]
            )
            for name, said in pairs:
                if isinstance(name, ast.Name) and isinstance(said, ast.Constant):
                    yield name.id, said.value


def codes(root):
    """Every code that a fault or a problem is made with."""
    for pattern in SOURCES:
        for path in root.glob(pattern):
            tree = ast.parse(path.read_text())
            known = dict(constants(tree))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ARGUMENT:
                    place = ARGUMENT[ast.unparse(node.func)]
                    rule = node.args[place] if len(node.args) > place else None
                    if isinstance(rule, ast.Constant):
                        yield rule.value
                    elif isinstance(rule, ast.Name) and rule.id in known:
                        yield known[rule.id]


def test_every_rule_has_an_entry_and_every_entry_a_rule(root, entries):
    assert set(entries) == {*codes(root), "yaml"}


def test_every_entry_has_a_bad_and_a_good_example(entries):
    for code, entry in entries.items():
        bad, good = entry.index("Bad:"), entry.index("Good:")
        examples = re.findall(r"```yaml\n(.*?)```", entry, re.DOTALL)
        assert bad < good, code
        assert len(examples) == 2, code
        assert examples[0] != examples[1], code


def test_good_examples_are_yaml(entries):
    for code, entry in entries.items():
        [_bad, good] = re.findall(r"```yaml\n(.*?)```", entry, re.DOTALL)
        assert YAML(typ="safe").load(good) is not None, code


def test_every_rule_is_broken_by_a_test(root, entries):
    tests = "\n".join(path.read_text() for path in (root / "tests" / "content").rglob("test_*.py"))

    untested = [code for code in entries if f'"{code}"' not in tests]
    assert untested == []
