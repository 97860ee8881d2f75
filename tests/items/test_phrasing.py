import pytest

from quizzes.items.phrasing import Vocabulary, bounded, joined, numeral, sentence

VOCABULARY = Vocabulary.of(
    ["In the harbor the keepers feared Malloy.", "Some keepers blamed the Red Lamp for it."]
)


@pytest.mark.parametrize(
    ("statement", "clause"),
    [
        ("The strike was planned.", "the strike was planned"),
        ("Keepers feared him.", "keepers feared him"),
        ("Malloy gave in.", "Malloy gave in"),
        ("Red Lamp men gave in.", "Red Lamp men gave in"),
    ],
)
def test_a_statement_becomes_a_clause_that_keeps_its_names(statement, clause):
    assert VOCABULARY.clause(statement) == clause


def test_a_first_word_that_could_be_a_name_gives_no_clause():
    assert VOCABULARY.clause("Rivalry decided it.") == ""


def test_a_name_gets_its_article_where_the_book_gives_it_one():
    book = Vocabulary.of(["He left the Lights Board.", "Night keepers met.", "The strike came."])

    assert book.spoken("Lights Board", is_institution=False) == "the Lights Board"
    assert book.spoken("Night keepers", is_institution=False) == "Night keepers"
    assert book.spoken("Evening Lamp", is_institution=True) == "the Evening Lamp"
    assert book.spoken("The strike", is_institution=False) == "the strike"


def test_names_are_joined_as_english_joins_them():
    assert joined(["A"]) == "A"
    assert joined(["A", "B"]) == "A and B"
    assert joined(["A", "B", "C"]) == "A, B, and C"


def test_a_number_never_loses_its_bound():
    assert bounded("about", 35_000, None, None) == "about 35,000"
    assert bounded("nearly", 700_000, None, 700_000) == "nearly 700,000"
    assert bounded("range", None, 10, 20) == "10 to 20"
    assert bounded("exact", 8, None, None) == "8"


def test_an_unknown_number_is_no_answer():
    assert bounded("several", None, None, None) == ""
    assert bounded("about", None, None, None) == ""


def test_whole_millions_are_read_as_words():
    assert numeral(2_000_000) == "2 million"
    assert numeral(1_250_000) == "1,250,000"


def test_a_sentence_ends_once():
    assert sentence("it ended") == "It ended."
    assert sentence("Did it end?") == "Did it end?"
    assert sentence("") == ""
