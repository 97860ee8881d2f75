"""What a student takes away tells no key, at whatever stage of a quiz it is asked for."""

from datetime import timedelta

import pytest

from quizzes.exchange import bundling
from tests import profiles
from tests.leaks import planting
from tests.leaks.stages import STAGES

TRIED = profiles.count(("open", "checked", "handed in", "released"), tuple(STAGES))


@pytest.mark.parametrize("name", TRIED)
def test_everything_that_is_mine_holds_no_key(name, ground, noon, tell_tried):
    """Nor does anything in it depend on one of which nothing is told."""
    stage, at = STAGES[name](ground), noon + timedelta(seconds=1)

    secret = [one for one in stage.items if planting.name(one) not in stage.told]
    files = _files(ground.student, at)
    if secret:
        planting.turn(secret)

    assert {name: planting.told(data) for name, data in files.items() if planting.told(data)} == {}
    assert _files(ground.student, at) == files
    tell_tried(len(files))


def _files(person, at):
    """The bytes of each file, as they go into the archive."""
    content = bundling.everything(person, at)
    return {one.name: b"".join(chunk.data for chunk in one.chunks) for one in content.files}
