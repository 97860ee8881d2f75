"""Pictures are served as what they are, to those who may see their book."""

import pytest
from django.urls import reverse

from quizzes.items import rendering
from quizzes.people.models import User
from tests.decks import drawn, keep_picture, make_deck

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(reader, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return keep_picture(make_deck(reader, noon))


def test_a_picture_is_an_image_and_nothing_else(client, reader, picture):
    client.force_login(reader)

    answer = client.get(f"/media/{picture.uid}/")

    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.content[:4] == drawn()[:4]


def test_it_is_its_owners_alone(client, picture):
    assert client.get(f"/media/{picture.uid}/").status_code == 404
    client.force_login(User.objects.create_user("olga", is_staff=True))
    assert client.get(f"/media/{picture.uid}/").status_code == 404


def test_cards_name_the_address_that_serves_it(picture):
    uid = str(picture.uid)

    assert rendering.address(uid) == reverse("picture", args=[uid])
    assert rendering.address(uid) in rendering.markdown(f"![](media:{uid})", {uid: "x"})
