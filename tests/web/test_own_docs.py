"""What the docs say of cards of one's own, compared with the code."""

import re
from pathlib import Path

import pytest

from quizzes.cards import querying
from quizzes.cards.querying import FLAGS, KINDS, STATES, Field, Query
from quizzes.content import pictures
from quizzes.items import filing, gaps, pasting
from quizzes.web import browsing, bulk


@pytest.fixture(scope="module")
def docs(root: Path) -> str:
    return " ".join((root / "docs" / "own-cards.md").read_text().split())


def terms(docs):
    table = docs.partition("## Finding cards")[2]
    return [
        term
        for row in re.findall(r"\| ((?:`[^`]+` ?)+)\|", table)
        for term in re.findall("`([^`]+)`", row)
    ]


def test_every_term_that_is_told_is_understood_and_every_one_is_told(docs):
    told = [querying.parse(term) for term in terms(docs)]

    assert all(isinstance(query, Query) for query in told)
    fields = {term.field for query in told if isinstance(query, Query) for term in query.terms}
    assert fields == set(Field)
    for words in (FLAGS, KINDS, STATES):
        assert all(word in docs for word in words)


def test_the_help_of_the_page_is_understood():
    assert all(isinstance(querying.parse(term), Query) for term, _meaning in browsing.HELP)


def test_the_gaps_that_are_told_are_gaps(docs):
    told = re.findall(r"`(\{\{[^`]+)`", docs.partition("## Gaps")[2])

    assert len(told) >= 4
    assert all(gaps.fault(text) is None for text in told)


def test_the_bounds_are_those_of_the_code(docs):
    for number, words in (
        (gaps.MOST_GAPS, "at most {} gaps"),
        (pictures.MOST_BYTES // 1024**2, "up to {} MB"),
        (pictures.MOST_PIXELS_OF_A_JPEG // 10**6, "{} million pixels, any other"),
        (pictures.MOST_PIXELS // 10**6, "any other up to {} million pixels"),
        (pictures.LONGEST_SIDE, "at most {} pixels long"),
        (pasting.MOST_LINES, "up to {} lines"),
        (querying.MOST_WORDS, "at most {} words, titles and tags"),
        (filing.MOST_CARDS, "at most {} cards"),
        (bulk.MOST_AT_ONCE, "at most {} at once"),
    ):
        assert words.format(f"{number:,}") in docs
