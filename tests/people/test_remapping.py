"""Other keys for the study screen."""

import pytest

from quizzes.people import remapping
from quizzes.people.models import Shortcut, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga():
    return User.objects.create_user("olga")


def test_only_what_differs_from_the_usual_is_kept(olga):
    remapping.remap(olga, remapping.USUAL | {"undo": "Z"})

    assert remapping.shortcuts(olga) == {"undo": "z"}
    remapping.remap(olga, {})
    assert remapping.shortcuts(olga) == {}


def test_two_acts_may_change_their_keys(olga):
    remapping.remap(olga, {"rate-1": "3", "rate-3": "1"})

    assert remapping.shortcuts(olga) == {"rate-1": "3", "rate-3": "1"}


@pytest.mark.parametrize(
    ("keys", "at_fault"),
    [
        ({"undo": "b"}, {"undo", "bury"}),
        ({"undo": " "}, {"undo"}),
        ({"undo": "?"}, {"undo"}),
        ({"undo": "ab"}, {"undo"}),
        ({"undo": "\t"}, {"undo"}),
        ({"undo": "z", "bury": "Z"}, {"undo", "bury"}),
        ({"undo": "ж"}, set()),
    ],
)
def test_a_key_stands_for_one_act_and_is_a_sign(olga, keys, at_fault):
    remapping.remap(olga, {"note": "q"})

    assert set(remapping.faults(keys)) == at_fault
    if at_fault:
        with pytest.raises(remapping.UnfitKeys):
            remapping.remap(olga, keys)
        assert remapping.shortcuts(olga) == {"note": "q"}


def test_keys_are_ones_own(olga):
    nina = User.objects.create_user("nina")
    remapping.remap(nina, {"undo": "z"})

    remapping.remap(olga, {})

    assert Shortcut.objects.get().user == nina
