from hypothesis import given
from hypothesis import strategies as st

from quizzes.items.normalizing import answer_key, normalized


def test_marks_apostrophes_and_capitals_do_not_count():
    assert normalized("Fel’dman") == normalized("FEL'DMAN") == normalized("feldman")
    assert normalized("Eduard Beneš") == normalized(" eduard  benes ")
    assert normalized("Großwerder") == normalized("Grosswerder")


def test_dashes_of_all_kinds_are_one():
    assert normalized("1937–1938") == normalized("1937-1938") == "1937-1938"


def test_an_answer_is_the_same_with_and_without_its_article_and_stop():
    assert answer_key("The Tribunal.") == answer_key("tribunal")
    assert answer_key("about 35,000") != answer_key("35,000")


def test_a_lone_article_is_an_answer_of_its_own():
    assert answer_key("The") == "the"


@given(st.text())
def test_normalizing_twice_changes_nothing(text):
    assert normalized(normalized(text)) == normalized(text)


@given(st.text())
def test_whitespace_never_tells_answers_apart(text):
    assert normalized(f"  {text}\n") == normalized(text)
