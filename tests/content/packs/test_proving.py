"""Anchors stand on their pages, and the words are the pack's own."""

import pytest

from quizzes.content.packs import paging, proving

THE_BOOK = """
# Thanks

I thank the pilots of the cape.

# Introduction

On the night of 11 June 1901 the great storm came, and the keeper Ada Morn<sup>1</sup> went up
the sta-

## 2 | INTRODUCTION

irs. Nobody saw the lamp go dark, but every *pilot* knew the hour.

There was no light then. Some said

that she slept. Others said that she did not.

4 | INTRODUCTION

The quarrel began. Tom Reed's book tells of it, and so

does the board. The petition came

in the summer, before the tower was

closed for good and the boats went

INTRODUCTION | 8

elsewhere. Lamps went out along the coast, one by one, by order of the men

who had never seen the sea at night.

University Press of the Cape
"""


@pytest.fixture
def proved(folder):
    def proved(text: str = THE_BOOK):
        pack = folder.pack()
        return proving.prove(pack, pack.contents.sources[0], text)

    return proved


def test_pages_turn_at_running_heads_and_inside_sentences():
    pages = paging.cut(THE_BOOK, "On the night of", 1)

    assert pages is not None
    assert list(pages.numbered) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert pages.numbered[3] == "that she slept. Others said that she did not."
    assert pages.numbered[9] == "who had never seen the sea at night."
    assert "pilots of the cape" in pages.front
    assert "Ada Morn went up the stairs. Nobody" in pages.between(1, 2)


def test_anchors_that_stand_on_their_pages_are_proved(proved):
    assert proved() == []


def test_an_anchor_on_another_page_is_told_with_that_page(folder, proved):
    place = folder.spoil("terms.yaml", "[8, 8], basis", "[8, 8], anchors: [▸Tom Reed], basis")

    (problem,) = proved()

    assert (problem.file, problem.line, problem.column, problem.rule) == (
        "terms.yaml",
        *place,
        "anchor",
    )
    assert problem.message == "“Tom Reed” is not on the pages cited. It stands on page 4"


def test_an_anchor_that_the_text_never_says_is_told(folder, proved):
    folder.replace("terms.yaml", "[8, 8], basis", "[8, 8], anchors: [Drake], basis")

    (problem,) = proved()

    assert problem.message == "“Drake” is not on the pages cited. The text never says it"


def test_an_anchor_may_cross_a_turn_that_is_cited(folder, proved):
    folder.replace("terms.yaml", "[8, 8], basis", "[1, 2], anchors: [up the stairs], basis")

    assert proved() == []


def test_front_matter_is_what_stands_before_the_first_page(folder, proved):
    folder.replace("terms.yaml", "[8, 8], basis", "[vii, vii], anchors: [the pilots], basis")

    assert proved() == []


def test_eight_words_in_a_row_are_not_our_own(folder, proved):
    words = "Lamps were dark by order of the men who had never seen it"
    place = folder.spoil("terms.yaml", "The later order to put out", f"▸{words}; to put out")

    (problem,) = proved()

    assert (problem.line, problem.column, problem.rule) == (*place, "own-words")
    assert problem.message.startswith("“by order of the men who had never”")


def test_seven_words_in_a_row_may_be_chance(folder, proved):
    words = "By order of the men who had never"
    folder.replace("terms.yaml", "The later order to put out", f"{words[:-6]} once put out")

    assert proved() == []


def test_a_name_counts_as_one_word(folder, proved):
    words = "storm came, and the keeper Ada Morn went"
    folder.replace("terms.yaml", "The later order", f"The {words} by the later order")
    assert proved() == []

    folder.replace("terms.yaml", f"The {words}", f"The great {words}")
    assert [p.rule for p in proved()] == ["own-words"]


@pytest.mark.parametrize("begins", ["  begins: Once upon a time", ""])
def test_a_text_without_a_beginning_proves_nothing(folder, proved, begins):
    folder.replace("sources.yaml", "  begins: On the night of", begins)

    assert [p.rule for p in proved()] == ["page-map"]


def test_a_text_with_too_few_turns_is_told(proved):
    (problem,) = proved(THE_BOOK.replace("went\n\nINTRODUCTION | 8\n\n", "went "))

    assert (problem.rule, problem.message) == (
        "page-map",
        "The text shows 8 pages, and 9 are cited",
    )
