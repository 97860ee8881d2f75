"""What a line asks of the cards: every line is a query, or says what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.cards import querying
from quizzes.cards.querying import Fault, Field, Query, Reason, Term


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("", []),
        ("  kirov  murder ", [Term(Field.WORDS, "kirov"), Term(Field.WORDS, "murder")]),
        ('"show trial"', [Term(Field.WORDS, "show trial")]),
        ('-"show trial"', [Term(Field.WORDS, "show trial", is_negated=True)]),
        ("-kirov", [Term(Field.WORDS, "kirov", is_negated=True)]),
        ("-", [Term(Field.WORDS, "-")]),
        ("12:30", [Term(Field.WORDS, "12:30")]),
        ("due:today", [Term(Field.DUE, 0)]),
        ("due:3", [Term(Field.DUE, 3)]),
        ("due:late", [Term(Field.DUE, -1)]),
        ("-due:tomorrow", [Term(Field.DUE, 1, is_negated=True)]),
        ("added:7", [Term(Field.ADDED, 7)]),
        ('chapter:"The walkout"', [Term(Field.CHAPTER, "The walkout")]),
        ("book:lights tag:verbs", [Term(Field.BOOK, "lights"), Term(Field.TAG, "verbs")]),
        ("kind:event", [Term(Field.KIND, "event")]),
        ("flag:red", [Term(Field.FLAG, 1)]),
        ("flag:any", [Term(Field.FLAG, -1)]),
        ("flag:none", [Term(Field.FLAG, 0)]),
        ("flag:7", [Term(Field.FLAG, 7)]),
        ("is:leech", [Term(Field.IS, "leech")]),
        ("lapses>3", [Term(Field.LAPSES, 3, ">")]),
        ("lapses>=3", [Term(Field.LAPSES, 3, ">=")]),
        ("lapses=0", [Term(Field.LAPSES, 0, "=")]),
        ("-stability<10.5", [Term(Field.STABILITY, 10.5, "<", is_negated=True)]),
    ],
)
def test_a_line_is_understood(line, terms):
    assert querying.parse(line) == Query(tuple(terms))


@pytest.mark.parametrize(
    ("line", "term", "reason", "instead"),
    [
        ('kirov "open', '"open', Reason.QUOTE, None),
        ('""', '""', Reason.EMPTY, "Kirov"),
        ("due:soon", "due:soon", Reason.DAYS, "due:today"),
        ("added:0", "added:0", Reason.DAYS, "added:7"),
        ("chapter:", "chapter:", Reason.EMPTY, "chapter:introduction"),
        ("kind:date", "kind:date", Reason.CHOICE, "kind:event"),
        ("flag:8", "flag:8", Reason.CHOICE, "flag:red"),
        ("is:old", "is:old", Reason.CHOICE, "is:new"),
        ("lapses:3", "lapses:3", Reason.OPERATOR, "lapses>3"),
        ("due>3", "due>3", Reason.OPERATOR, "due:3"),
        ("lapses>many", "lapses>many", Reason.NUMBER, "lapses>3"),
        ("kirov teg:x", "teg:x", Reason.UNKNOWN, "tag:"),
        ("ease<2", "ease<2", Reason.UNKNOWN, "stability<10"),
        ("x" * 600, "x" * 40, Reason.LONG, None),
        ("a " * 40, "a", Reason.MANY, None),
        ("a " * 9 + "book:b is:new -tag:c d", "-tag:c", Reason.WORDS, None),
    ],
)
def test_what_is_not_understood_says_what_to_write(line, term, reason, instead):
    fault = querying.parse(line)

    assert isinstance(fault, Fault)
    assert (fault.term, fault.reason) == (term, reason)
    assert instead is None or instead in fault.instead


PARTS = st.sampled_from(
    ["due:", "flag:", "is:", "kind:", "lapses", "stability", "tag:", ">", "<=", "=", "-", '"', " "]
)


@given(st.lists(PARTS | st.text(max_size=4), max_size=12).map("".join))
def test_every_line_is_a_query_or_a_fault_of_its_own(line):
    found = querying.parse(line)

    if isinstance(found, Fault):
        assert found.term
        assert found.term.strip() in line or found.reason is Reason.LONG
    else:
        assert len(found.terms) <= len(line.split()) + line.count('"')


@given(st.lists(PARTS | st.text(max_size=4), max_size=8).map("".join))
def test_what_a_fault_proposes_is_understood(line):
    found = querying.parse(line)

    if isinstance(found, Fault):
        proposed = [one for one in found.instead if not one.endswith(":") and '"' not in one]
        assert all(isinstance(querying.parse(one), Query) for one in proposed)
