"""The site of the access tests, with a quiz whose keys are planted."""

import logging

import pytest

from quizzes.cards import planning
from tests.leaks.stages import Ground
from tests.test_access import lights, own, site  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _at_noon(time_machine, noon):
    time_machine.move_to(noon, tick=False)


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """What a walk does wrong on purpose is not worth writing down a thousand times."""
    caplog.set_level(logging.CRITICAL, "django")


@pytest.fixture
def ground(site, company, classroom, lights, noon):  # noqa: F811
    """A quiz with planted keys; the student and a classmate study its book."""
    student, classmate = company["student"], company["classmate"]
    planning.start(classmate, lights, noon)
    return Ground(lights, classroom, student, classmate, noon)
