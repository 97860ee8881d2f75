"""What the editor tells of the book's pack is what becomes of the question when it goes out."""

from typing import Any

import pytest
from django.urls import reverse

from quizzes.exchange import exporting
from quizzes.web.pack_words import EMPTY
from tests.exchange.sending import load_small_pack
from tests.web.editing import WRONG, options, typed, write

pytestmark = pytest.mark.django_db

QUESTION: dict[str, Any] = options("Ada Morn", "Sam Pike", "Tom Reed") | {
    "stem": "Who kept the lamp in the storm?",
    "explanation": "Ada Morn kept it.",
    "hint": "",
    "fact": "storm",
}


@pytest.fixture
def lamp():
    return load_small_pack()


@pytest.fixture
def told(client, company, lamp):
    """The checks beside a form, after *For a pack*, and whether there is anything to remark."""
    client.force_login(company["staff"])
    address = f"{reverse('new-item', args=[lamp.slug])}?part=rail"

    def told(**typed_in):
        rail = client.post(address, typed(lamp, **QUESTION | typed_in))
        return rail.context["desk"].objections, "Nothing to remark." in rail.content.decode()

    return told


def test_a_pack_s_rules_stand_in_the_rail_until_it_takes_the_question(told, lamp, client, company):
    bare, is_good = told(**{"option-feedback": ["", "Not 1.", ""]})

    assert told() == ([], True)
    assert told(explanation="")[0] == [EMPTY["explanation"]]
    assert told(fact=[])[0] == [EMPTY["tests"]]
    assert [one.startswith("Option 3: The wrong option “Tom Reed”") for one in bare] == [True]
    assert not is_good

    write(client, lamp, **QUESTION)
    export = exporting.export(lamp, company["staff"])
    assert export
    assert (export.questions, export.left_out) == (1, [])


def test_a_fact_is_told_by_its_name_and_what_cannot_be_asked_is_not_judged(told):
    both = options("Sam Pike", "Ned Cole", "Tom Reed") | {"fact": "strike", "stem": "Who spoke?"}

    said, _is_good = told(**both)

    assert any("“Ned Cole” is true too: “The pilots' strike” has both" in one for one in said)
    assert told(**both | {"option-share": [WRONG] * 3})[0] == []
