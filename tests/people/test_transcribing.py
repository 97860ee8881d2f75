"""The list of a class: read as people write it, and told by line what is wrong."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.people import rolls
from quizzes.people.rolls import Fault, Line


def read(text, known=()):
    return [(line.name, line.email) for line in rolls.good(rolls.lines(text, known))]


@pytest.mark.parametrize(
    "text",
    [
        "Olga Baer,olga@example.org\nVera Lem",
        "Olga Baer;olga@example.org\nVera Lem;",
        "Olga Baer\tolga@example.org\nVera Lem\t",
        "\ufeffName,E-mail\r\nOlga Baer,olga@example.org\r\nVera Lem,\r\n",
        "email;student\nolga@example.org;Olga Baer\n;Vera Lem\n",
        "First name,Last name,E-mail\nOlga,Baer,olga@example.org\nVera,Lem,\n",
        "Number,Name,Mail\n1,Olga Baer,olga@example.org\n2,Vera Lem,\n",
        "olga@example.org,Olga,Baer\n\n  Vera   Lem  \n",
    ],
)
def test_a_list_is_read_as_it_is_written(text):
    assert read(text) == [("Olga Baer", "olga@example.org"), ("Vera Lem", "")]


def test_what_is_wrong_is_told_by_its_line():
    text = (
        "Name,E-mail\nOlga,olga@example\n\n,\nVera,\nvera,\nAnna,a@b.org\nAnn,A@b.org\n" + "x" * 81
    )
    found = [(line.number, line.fault) for line in rolls.lines(text) if line.fault]

    assert found == [
        (2, Fault.EMAIL),
        (6, Fault.SAME_NAME),
        (8, Fault.SAME_EMAIL),
        (9, Fault.LONG),
    ]


def test_a_name_with_a_comma_stands_in_quotation_marks():
    assert read('"Baer, Olga",olga@example.org') == [("Baer, Olga", "olga@example.org")]
    assert [line.fault for line in rolls.lines("Baer, Olga")] == [Fault.EMAIL]


def test_a_quotation_mark_that_is_not_closed_is_told():
    faults = [line.fault for line in rolls.lines('Vera Lem,\n"Olga Baer,\nAnna')]

    assert faults[0] is None
    assert Fault.QUOTE in faults


def test_who_is_known_comes_only_once():
    assert read("Olga\nVera\nAnna,a@example.org", {"olga", "a@example.org"}) == [("Vera", "")]


def test_a_list_has_at_most_five_hundred_people():
    faults = [line.fault for line in rolls.lines("\n".join(f"Student {n}" for n in range(502)))]

    assert faults.count(None) == 500
    assert faults[500:] == [Fault.MANY, Fault.MANY]


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text):
    for line in rolls.lines(text):
        assert isinstance(line, Line)
        assert "\0" not in line.name + line.email
        assert line.fault or line.name or line.email


names = st.text("abcdefgh ,;\"'éß", min_size=1, max_size=20).map(lambda s: " ".join(s.split()))


@given(st.lists(names.filter(bool), unique_by=str.casefold, max_size=20))
def test_what_a_spreadsheet_writes_is_read_back(written):
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter="\t")
    writer.writerows(
        [["Name", "E-mail"], *([name, f"n{n}@b.org"] for n, name in enumerate(written))]
    )

    assert read(sheet.getvalue()) == [(name, f"n{n}@b.org") for n, name in enumerate(written)]
