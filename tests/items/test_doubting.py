"""A question held against the facts that it tests, and what the book offers beside its key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.items import composing, criticizing, suggesting
from quizzes.items.compositions import Choice, Composition, canonical
from quizzes.items.criticizing import Fault
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.normalizing import answer_key
from quizzes.items.snapshots import (
    ArgumentFact,
    BookFacts,
    EventFact,
    FigureFact,
    HolderFact,
    Participant,
    QuantityFact,
    RoleText,
    TermFact,
    When,
)

ROLES = {
    "malloy": ("Anna Malloy", "head of the Lights Board"),
    "reyes": ("Otto Reyes", "harbor master of Port Aldo"),
    "quist": ("Ida Quist", "editor of the Evening Lamp"),
    "dunn": ("Per Dunn", "minister for coasts and fisheries"),
    "vane": ("Elsa Vane", "inspector of signal stations"),
}


def figure(slug, name, role):
    return FigureFact(
        slug=slug,
        label=name,
        part="actor",
        sort_name=f"{name.split()[-1]}, {name.split()[0]}",
        roles=(RoleText(text=role),),
        aliases=("The Lamp",) if slug == "quist" else (),
    )


def event(slug, label, day, **who):
    told = f"{day.day} {day:%B} {day.year}"
    when = When(label=told, precision="day", not_before=day, not_after=day)
    took_part = (Participant(figure=name, role=role) for name, role in who.items())
    return EventFact(slug=slug, label=label, when=when, participants=tuple(took_part))


FACTS = BookFacts(
    figures=tuple(figure(slug, *told) for slug, told in ROLES.items()),
    events=(
        event("storm", "The great storm", date(1911, 3, 3)),
        event("walkout", "The walkout", date(1911, 5, 1)),
        event("fire", "The fire on the rock", date(1911, 3, 3)),
        event(
            "trial",
            "The trial of the keepers",
            date(1912, 2, 9),
            malloy="judge",
            reyes="defendant",
            quist="defendants",
        ),
    ),
    terms=(
        TermFact(slug="relief", label="relief", definition="The change of keepers."),
        TermFact(slug="bell", label="fog bell", definition="A bell that rings by itself."),
    ),
    quantities=(
        QuantityFact(slug="keepers", label="Keepers", statement="35 struck.", value=35),
        QuantityFact(slug="lamps", label="Lamps", statement="60 went out.", value=60, unit="lamps"),
    ),
    arguments=(
        ArgumentFact(
            slug="forged",
            label="The letter was forged",
            statement="The letter was forged",
            stance="reports",
            holders=(HolderFact(name="Ida Quist", figure="quist"),),
            supporters=frozenset({"dunn"}),
        ),
    ),
)
SLUGS = [fact.slug for fact in FACTS.all]


def single(stem, right, *wrong):
    choices = [Choice(text=right, share=FULL_FRACTION), *(Choice(text=text) for text in wrong)]
    one = Composition(kind="single", stem=stem, choices=tuple(choices), explanation="So it says.")
    return canonical(one)


def remarks(one, *tested):
    found = criticizing.criticize(one, FACTS, tested)
    return {(remark.fault, remark.said) for remark in found}


@pytest.mark.parametrize(
    ("one", "tested", "said"),
    [
        (single("Who was it?", "Ida Quist", "The Lamp"), "quist", "The Lamp"),
        (single("When was the storm?", "3 March 1911", "March 1911"), "storm", "March 1911"),
        (
            single("What happened on 3 March 1911?", "The great storm", "The fire on the rock"),
            "storm",
            "The fire on the rock",
        ),
        (
            single("According to whom was it forged?", "Ida Quist", "Per Dunn", "Elsa Vane"),
            "forged",
            "Per Dunn",
        ),
        (
            single("Who was harbor master of Port Aldo?", "Anna Malloy", "Otto Reyes"),
            "malloy",
            "Otto Reyes",
        ),
        (
            single("Who was tried in 1912?", "Otto Reyes", "Ida Quist", "Per Dunn"),
            "trial",
            "Ida Quist",
        ),
    ],
)
def test_an_option_that_is_true_by_the_book_is_doubted(one, tested, said):
    assert (Fault.ALSO_TRUE, said) in remarks(one, tested)


def test_options_that_are_wrong_by_the_book_are_not_doubted():
    one = single("Who edited the Evening Lamp?", "Ida Quist", "Anna Malloy", "Per Dunn")
    then = single("When was the storm?", "3 March 1911", "1 May 1911", "9 February 1912")

    judge = single("Who judged the keepers?", "Anna Malloy", "Otto Reyes", "Per Dunn")

    assert remarks(one, "quist") == set()
    assert remarks(then, "storm") == set()
    assert remarks(judge, "trial") == set()


def test_a_claim_is_asked_as_somebodys_view():
    bare = single("What was the letter?", "A forgery", "A joke")
    framed = single("What was the letter, according to Quist?", "A forgery", "A joke")

    assert (Fault.UNFRAMED, "The letter was forged") in remarks(bare, "forged")
    assert not any(fault is Fault.UNFRAMED for fault, _said in remarks(framed, "forged"))


def test_a_question_that_tests_nothing_is_told_so():
    one = single("Who edited the Evening Lamp?", "Ida Quist", "Anna Malloy", "Per Dunn")

    assert remarks(one) == {(Fault.NO_FACT, "")}
    assert criticizing.criticize(one, BookFacts()) == []


@pytest.mark.parametrize(
    ("tested", "key", "offered"),
    [
        ("quist", "Ida Quist", {"Anna Malloy", "Otto Reyes", "Per Dunn", "Elsa Vane"}),
        ("storm", "3 March 1911", {"1 May 1911", "9 February 1912"}),
        ("storm", "The great storm", {"The walkout", "The trial of the keepers"}),
        ("trial", "Otto Reyes", {"Per Dunn", "Elsa Vane"}),
        ("trial", "Judge Malloy", {"Per Dunn", "Elsa Vane"}),
        ("trial", "fog bell", {"Relief"}),
        ("trial", "Because of a forged letter", set()),
        ("relief", "relief", {"Fog bell"}),
    ],
)
def test_the_book_offers_what_stands_beside_the_key(tested, key, offered):
    found = suggesting.suggest(FACTS, [tested], key)

    assert {one.text for one in found} == offered
    assert all(one.why for one in found)


def test_what_stands_there_already_is_not_offered_again():
    found = suggesting.suggest(FACTS, ["quist"], "Ida Quist", ["Per Dunn", "anna malloy"])

    assert {one.text for one in found} == {"Otto Reyes", "Elsa Vane"}


@pytest.mark.parametrize("key", ["Anna Malloy", "Otto Reyes", "Ida Quist"])
def test_nobody_who_took_part_is_offered_and_nobody_who_is_offered_is_doubted(key):
    found = [one.text for one in suggesting.suggest(FACTS, ["trial"], key)]

    assert set(found) == {"Per Dunn", "Elsa Vane"}
    assert not remarks(single("Who was there?", key, *found), "trial")


TEXTS = st.sampled_from([*(fact.label for fact in FACTS.all), "3 March 1911", "", "Somebody"])


@given(st.lists(st.sampled_from([*SLUGS, "unknown"]), max_size=4), TEXTS, st.lists(TEXTS))
def test_suggestions_are_few_distinct_and_never_the_key(tested, key, taken):
    found = suggesting.suggest(FACTS, tested, key, taken)

    said = [answer_key(one.text) for one in found]
    assert len(said) <= suggesting.MOST
    assert len(set(said)) == len(said)
    assert not set(said) & {answer_key(text) for text in (key, *taken)}


@given(
    st.sampled_from(["single", "several", "true_false", "short_text", "matching", "essay"]),
    st.text(max_size=40),
    st.lists(st.tuples(TEXTS, st.booleans()), max_size=5),
    st.lists(st.sampled_from([*SLUGS, "unknown"]), max_size=3),
)
def test_whatever_is_typed_is_criticized_the_same_twice(kind, stem, rows, tested):
    choices = tuple(Choice(text=text, share=FULL_FRACTION * right) for text, right in rows)
    one = canonical(Composition(kind=kind, stem=stem, choices=choices))
    found = criticizing.criticize(one, FACTS, tested)

    assert found == criticizing.criticize(composing.read(composing.wording(one)), FACTS, tested)
    assert [remark.blocks for remark in found] == sorted((r.blocks for r in found), reverse=True)
