"""YAML that is hostile, broken or merely odd."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.content.packs import reading


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes):
        path = tmp_path / "events.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reading.read(path)

    return read


def test_values_are_those_of_yaml_1_2(read):
    text = "a: [1, -2, 1.5, yes, true, null, ~, 1937-06-11, '1937', 1_0, 0x1F, 1937-02-30]\n"

    document, problems = read(text)

    assert problems == []
    assert document.data["a"] == [
        1,
        -2,
        1.5,
        "yes",
        True,
        None,
        None,
        date(1937, 6, 11),
        "1937",
        "1_0",
        "0x1F",
        "1937-02-30",
    ]


def test_every_value_and_key_knows_its_line_and_column(read):
    document, _ = read("events:\n- slug: storm\n  when: {label: soon}\n")

    assert document.place(("events", 0, "slug")) == (2, 9)
    assert document.place(("events", 0, "slug"), key=True) == (2, 3)
    assert document.place(("events", 0, "when", "label")) == (3, 17)


def test_a_missing_value_stands_where_its_parent_begins(read):
    document, _ = read("events:\n- slug: storm\n")

    assert document.place(("events", 0, "title")) == (2, 3)


def test_every_duplicate_key_is_told(read):
    document, problems = read("a: 1\nb: {c: 1, c: 2}\na: 3\n")

    assert [(p.line, p.column, p.rule) for p in problems] == [
        (2, 11, "duplicate-key"),
        (3, 1, "duplicate-key"),
    ]
    assert document is not None


def test_a_tag_is_told(read):
    _, problems = read("a: !!python/object/apply:os.system [ls]\n")

    assert [(p.line, p.rule) for p in problems] == [(1, "tag")]


def test_a_byte_order_mark_is_no_fault(read):
    document, problems = read("a: 1\n".encode("utf-8-sig"))

    assert (document.data, problems) == ({"a": 1}, [])


def test_an_alias_repeats_a_value(read):
    document, problems = read("a: &x [1, 2]\nb: *x\n")

    assert (document.data["b"], problems) == ([1, 2], [])


LAUGHS = "a0: &a0 [1, 1]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"a: caf\xe9\n", (1, 7), "no UTF-8"),
        ("a: 1\n".encode("utf-16"), (1, 1), "no UTF-8"),
        (b"a: 1\nb: x\x07\n", (2, 5), "control character"),
        ("a: [1, 2\n", (2, 1), "no YAML"),
        ("a: 1\n\tb: 2\n", (2, 1), "no YAML"),
        ('a: "\\UFFFFFFFF"\n', (1, 1), "no YAML"),
        ("", (1, 1), "no mapping"),
        ("- a\n- b\n", (1, 1), "no mapping"),
        ("just words\n", (1, 1), "no mapping"),
        ("a: 1\n---\nb: 2\n", (2, 1), "second document"),
        ("? [a]\n: 1\n", (1, 3), "A key is"),
        ("a: *nothing\n", (1, 4), "no finished value"),
        ("a: &x [*x]\n", (1, 8), "no finished value"),
        ("a: " + "[" * 30 + "]" * 30, (1, 23), "levels"),
        ("a: &x 1\nb: [" + "*x, " * 200 + "]\n", (2, 405), "aliases"),
        (LAUGHS, (7, 15), "values"),
        ("a: [" + "1," * 300_000 + "]", (1, 400_001), "values"),
        ("a: " + "x" * 2_000_001, (1, 1), "bytes"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(read, content, place, words):
    document, problems = read(content)

    assert document is None
    assert words in problems[-1].message
    assert (problems[-1].line, problems[-1].column) == place
    assert problems[-1].remedy


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path):
    (tmp_path / "terms.yaml").mkdir()

    document, problems = reading.read(tmp_path / "terms.yaml")

    assert document is None
    assert [p.message for p in problems] == ["This is no file"]


YAMLISH = st.text(
    alphabet=st.sampled_from("ab1:-[]{}&*!|>'\"%@`#?,\\x \n\t\x00é\ud800"), max_size=80
)


@given(st.binary(max_size=200) | YAMLISH.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_a_traceback(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "terms.yaml"
    path.write_bytes(content)

    document, problems = reading.read(path)

    assert (document is None) <= bool(problems)
