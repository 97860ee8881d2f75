"""The list of a class: read as people and programs write it, and told by line what is wrong."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.exchange.formats import tables
from quizzes.people import decoding, rolls, transcribing
from quizzes.people.decoding import IsWorkbook, NoText
from quizzes.people.rolls import Fault, Line
from tests.profiles import count

OLGA, VERA = ("Olga Baer", "olga@example.org"), ("Vera Lem", "")


def read(text):
    return [(line.name, line.email) for line in rolls.good(transcribing.lines(text))]


def faults(text):
    found = transcribing.lines(text)
    return [(line.number, line.fault) for line in found if line.fault]


@pytest.mark.parametrize(
    "text",
    [
        "Olga Baer,olga@example.org\nVera Lem",
        "Olga Baer;olga@example.org\nVera Lem;",
        "Olga Baer\tolga@example.org\nVera Lem\t",
        "Olga Baer olga@example.org\nVera Lem",
        "olga@example.org Olga Baer\rVera Lem",
        "Olga Baer <olga@example.org>\nVera Lem",
        "Olga Baer <mailto:olga@example.org>;\nVera Lem;",
        '"Olga Baer"<olga@example.org>,\nVera Lem',
        "1. Olga Baer - olga@example.org\n2. Vera Lem",
        "sep=;\nName;E-Mail\nOlga Baer;olga@example.org\nVera Lem;-",
        "\ufeffName,E-mail\r\nOlga Baer,olga@example.org\r\nVera Lem,\r\n",
        "email;student\nolga@example.org;Olga Baer\n;Vera Lem\n",
        "First name,Last name,E-mail\nOlga,Baer,olga@example.org\nVera,Lem,\n",
        "Nachname;Vorname;Matrikelnummer;E-Mail-Adresse\nBaer;Olga;17;olga@example.org\nLem;Vera;4",
        "NOM\tPrénom\tCourriel\nBaer\tOlga\tolga@example.org\nLem\tVera\t",
        "Number,Name,Mail\n1,Olga Baer,olga@example.org\n2,Vera Lem,\n",
        "17,Olga Baer,olga@example.org\nA-18,Vera Lem",
        "olga@example.org,Olga,Baer\n\n  Vera   Lem  \n",
    ],
)
def test_a_list_is_read_as_it_is_written(text):
    assert read(text) == [OLGA, VERA]


def test_those_to_whom_a_letter_goes_may_stand_on_one_line():
    people = [("Baer, Olga", "olga@example.org"), ("Vera Lem", "vera@example.org")]

    assert read("Baer, Olga <olga@example.org>; Vera Lem <vera@example.org>;") == people
    assert read('"Baer, Olga" <olga@example.org>, Vera Lem <vera@example.org>') == people


def test_what_is_wrong_is_told_by_its_line():
    text = (
        "Name,E-mail\nOlga,olga@example\n\n,\nVera,\nvera,\nAnna,a@b.org\nAnn,A@b.org\n"
        + "x" * 81
        + "\nMara,m@b.org n@b.org"
    )

    assert faults(text) == [
        (2, Fault.EMAIL),
        (6, Fault.SAME_NAME),
        (8, Fault.SAME_EMAIL),
        (9, Fault.LONG),
        (10, Fault.TWO_EMAILS),
    ]


def test_a_name_with_a_comma_stands_in_quotation_marks():
    assert read('"Baer, Olga",olga@example.org') == [("Baer, Olga", "olga@example.org")]
    assert read("Baer, Olga <olga@example.org>") == [("Baer, Olga", "olga@example.org")]
    assert faults("Baer, Olga") == [(1, Fault.PARTS)]


def test_a_quotation_mark_that_is_not_closed_is_told_and_the_others_are_read():
    assert read('Vera Lem,\n"Olga Baer,\nAnna') == [("Vera Lem", ""), ("Anna", "")]
    assert faults('Vera Lem,\n"Olga Baer,\nAnna') == [(2, Fault.QUOTE)]
    assert faults("x" * 140_000) == [(1, Fault.LONG)]


def test_student_numbers_tell_two_of_one_name_apart():
    head = "Name;Student number;E-mail\n"
    text = head + "Anna Weiss;17;\nVera;4;\nanna weiss;23;a@b.org\nAnna Weiss;17;\n"

    assert read(text) == [("Anna Weiss (17)", ""), ("Vera", ""), ("anna weiss (23)", "a@b.org")]
    assert faults(text) == [(5, Fault.SAME_NAME)]


def test_a_number_is_one_persons_and_one_that_several_share_is_nobodys():
    people = "Anna;17\nVera;17\nOlga;4\n"

    assert faults(f"Name;Student number\n{people}Eva;{'9' * 33}") == [
        (3, Fault.SAME_NUMBER),
        (5, Fault.LONG_NUMBER),
    ]
    assert {line.student_number for line in transcribing.lines(people)} == {""}
    assert faults(people) == []
    assert faults(f"{people}Eva;5\nBoris;6\nMara;7") == [(2, Fault.SAME_NUMBER)]


def test_a_number_comes_back_from_a_table_that_keeps_spreadsheets_from_working_it_out():
    numbers = "=7+31 -12 +4 @5 '=6 '-7 ＝8 ＋9 －10 ＠11 '12 1'-3 =1'-3".split()
    rows = [(f"-{place} O'-Neil", number) for place, number in enumerate(numbers)]
    table = tables.csv_bytes([("Name", "Student number"), *rows]).decode()

    read = [(line.name, line.student_number) for line in transcribing.lines(table)]

    assert read == rows


@pytest.mark.parametrize(
    "text",
    [
        "Nr;Nachname;Vorname\n1;Weiss;Anna\n2;Lem;Vera\n3;Weiss;Anna",
        "No.,Name\n1.,Anna Weiss\n2.,Vera Lem\n03.,Anna Weiss",
        'Nr;Name\n1;"Boris\n2;Vera Lem\n3;Anna Weiss\n4;Anna Weiss',
        "1;Anna Weiss\n2;Vera Lem\n3;Anna Weiss",
    ],
)
def test_numbers_that_count_the_lines_tell_nobody_apart(text):
    assert sorted(name for name, _email in read(text)) == ["Anna Weiss", "Vera Lem"]
    assert faults(text)[-1][1] == Fault.SAME_NAME


def test_numbers_that_are_students_own_may_be_as_low_as_places():
    assert read("Candidate number;Name\n1;Anna Weiss\n2;Anna Weiss") == [
        ("Anna Weiss (1)", ""),
        ("Anna Weiss (2)", ""),
    ]
    assert read("Nr;Name\n17;Anna Weiss\n23;Anna Weiss") == [
        ("Anna Weiss (17)", ""),
        ("Anna Weiss (23)", ""),
    ]


def test_a_list_has_at_most_five_hundred_people():
    text = "\n".join(f"Student {n}" for n in range(502))

    assert len(read(text)) == 500
    assert faults(text) == [(501, Fault.MANY), (502, Fault.MANY)]


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text):
    for line in transcribing.lines(text):
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


parts = st.text("abcdeéßłо'", min_size=2, max_size=8).filter(lambda s: "'" not in s[0] + s[-1])
"""What a name is made of; the last but one letter is Cyrillic."""
people = st.lists(st.tuples(parts, parts), unique_by=lambda p: " ".join(p).casefold(), max_size=8)


def sheet(rows, mark):
    written = io.StringIO()
    csv.writer(written, delimiter=mark, lineterminator="\n").writerows(rows)
    return written.getvalue()


WAYS = [
    lambda first, last, n: f"{first} {last} n{n}@b.org\n",
    lambda first, last, n: f"{first} {last} <n{n}@b.org>\n",
    lambda first, last, n: f'"{first} {last}" <n{n}@b.org>;\n',
    lambda first, last, n: f"n{n}@b.org\t{first} {last}\n",
    lambda first, last, n: f"{first} {last};{n:05};n{n}@b.org;\n",
]
HEADS = [
    ["Name", "Student number", "E-mail"],
    ["Full name", "ID number", "Email address"],
    ["STUDENT", "Matrikelnummer", "E-Mail-Adresse"],
    ["Student Name:", "SIS User ID", "mail"],
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


@given(people, st.sampled_from(WAYS), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_list_without_heads_is_read_in_each_way_of_writing_it(written, way, end):
    text = "".join(way(first, last, n) for n, (first, last) in enumerate(written))

    expected = [(f"{first} {last}", f"n{n}@b.org") for n, (first, last) in enumerate(written)]
    assert read(text.replace("\n", end)) == expected


@given(
    people,
    st.sampled_from(HEADS),
    st.sampled_from("\t;,"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(ENCODINGS),
    st.booleans(),
)
def test_a_file_is_read_in_each_way_of_writing_it(written, heads, mark, end, encoding, is_swapped):
    order = [2, 0, 1] if is_swapped else [0, 1, 2]
    rows = [(f"{last}, {first}", f"{n}", f"n{n}@b.org") for n, (first, last) in enumerate(written)]
    text = sheet([[row[at] for at in order] for row in [heads, *rows]], mark)

    decoded = decoding.decode(text.replace("\n", end).encode(encoding))

    found = rolls.good(transcribing.lines(decoded.text))
    assert [(line.name, line.student_number, line.email) for line in found] == rows
    assert not decoded.is_guess


@given(st.lists(st.text("äöüéèñßÅØ", min_size=1), min_size=1, max_size=count(9, 60)))
def test_a_file_of_western_europe_is_read_and_told(written):
    text = "\n".join(["Name", *written])

    decoded = decoding.decode(text.encode("cp1252"))

    assert (decoded.text, decoded.is_guess) == (text, True)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"PK\x03\x04rest", IsWorkbook), (b"\xd0\xcf\x11\xe0rest", IsWorkbook)]
    + [(content, NoText) for content in (b"\x89PNG\r\n\x1a\n\0", b"\x81\x8d", b"Olga\0Vera")],
)
def test_what_is_no_text_is_none(content, refusal):
    with pytest.raises(refusal):
        decoding.decode(content)
