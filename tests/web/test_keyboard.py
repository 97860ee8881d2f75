"""/settings/keyboard/"""

import pytest

from quizzes.people import remapping
from quizzes.people.models import User

pytestmark = pytest.mark.django_db

KEYBOARD = "/settings/keyboard/"


@pytest.fixture
def olga(client):
    olga = User.objects.create_user("olga")
    client.force_login(olga)
    return olga


def test_a_key_that_was_changed_is_used_by_the_study_screen(client, olga):
    answer = client.post(KEYBOARD, remapping.USUAL | {"undo": "z"})

    assert answer["Location"] == KEYBOARD
    assert 'name="undo" value="z"' in client.get(KEYBOARD).content.decode()
    assert "{&quot;undo&quot;: &quot;z&quot;}" in client.get("/review/").content.decode()


def test_a_key_that_is_taken_is_named_and_what_was_typed_stays(client, olga):
    page = client.post(KEYBOARD, remapping.USUAL | {"undo": "b"})

    said = page.content.decode()
    assert page.status_code == 422
    assert "This key would stand for two acts." in said
    assert 'name="undo" value="b"' in said
    assert remapping.shortcuts(olga) == {}


def test_the_usual_keys_come_back(client, olga):
    remapping.remap(olga, {"undo": "z"})

    client.post(KEYBOARD, {"usual": "1"})

    assert remapping.shortcuts(olga) == {}
