import pytest
from django.core.exceptions import ValidationError

from quizzes.people import preferring
from quizzes.people.models import User

pytestmark = pytest.mark.django_db


def test_what_is_chosen_is_kept_and_all_else_stays():
    vera = User.objects.create_user("vera", email="vera@example.org", display_name="Vera")

    preferring.prefer(vera, theme="dark", day_rollover_hour=0)

    vera.refresh_from_db()
    assert (vera.theme, vera.day_rollover_hour, vera.display_name) == ("dark", 0, "Vera")


@pytest.mark.parametrize(
    "choice", [{"theme": "mauve"}, {"time_zone": "Mars/Olympus"}, {"display_name": "V" * 81}]
)
def test_a_choice_that_is_not_offered_is_refused(choice):
    vera = User.objects.create_user("vera")

    with pytest.raises(ValidationError):
        preferring.prefer(vera, **choice)

    vera.refresh_from_db()
    assert (vera.theme, vera.time_zone, vera.display_name) == ("auto", "UTC", "")
