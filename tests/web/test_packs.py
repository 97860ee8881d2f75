"""/bank/<book>/packs/ : what a reader sees of what goes out and comes in."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.content.models import Book, PackCopy
from quizzes.items.models import Item, ItemFact
from quizzes.people.models import User
from tests.exchange.sending import QUESTIONS, SMALL_PACK, load_small_pack


@pytest.fixture
def lamp(db):
    return load_small_pack()


@pytest.fixture
def author(client, lamp):
    author = User.objects.create_user("author")
    client.force_login(author)
    return author


@pytest.fixture
def send(client, author):
    """Send a pack: the small one with these files changed; follows to the page that shows it."""

    def send(changed, **fields):
        files = {path.name: path.read_text() for path in SMALL_PACK.iterdir()} | changed
        archive = BytesIO()
        with ZipFile(archive, "w") as out:
            for name, text in files.items():
                out.writestr(f"pack/{name}", text)
        sent = SimpleUploadedFile("pack.zip", archive.getvalue())
        url = reverse("upload-pack", args=["gull-point"])
        return client.post(url, {"archive": sent, **fields}, follow=True)

    return send


def test_a_pack_is_shown_loaded_and_undone(client, send):
    shown = send({"own-questions.yaml": QUESTIONS})
    assert "Its further questions and quizzes become yours" in shown.content.decode()
    assert "<code>q-new</code>" in shown.content.decode()
    assert not Item.objects.filter(slug="q-new").exists()

    loaded = client.post(
        reverse("load-pack-copy", args=["gull-point", PackCopy.objects.latest("pk").uid]),
        follow=True,
    )
    assert "The pack is loaded" in loaded.content.decode()
    assert Item.objects.get(slug="q-new").state == "ready"

    undone = client.post(
        reverse("undo-pack", args=["gull-point", PackCopy.objects.latest("pk").uid]), follow=True
    )
    assert "It is undone" in undone.content.decode()
    assert Item.objects.get(slug="q-new").state == "retired"


def test_problems_are_told_with_their_place_and_nothing_can_be_loaded(send):
    page = send({"own-questions.yaml": QUESTIONS.replace("storm]", "no-storm]")}).content.decode()

    assert "1 problem: nothing can be loaded" in page
    assert "<code>own-questions.yaml:5:11</code>" in page
    assert "`no-storm` is not among the facts" in page
    assert "Load it" not in page


def test_what_is_changed_is_shown_word_by_word(client, send):
    send({"own-questions.yaml": QUESTIONS})
    client.post(reverse("load-pack-copy", args=["gull-point", PackCopy.objects.latest("pk").uid]))

    page = send({"own-questions.yaml": QUESTIONS.replace("came in June", "came in May")})

    assert "<del>June</del><ins>May</ins>" in page.content.decode()


def test_a_pack_goes_out_and_says_what_stays(client, author, send):
    send({"own-questions.yaml": QUESTIONS})
    client.post(reverse("load-pack-copy", args=["gull-point", PackCopy.objects.latest("pk").uid]))
    page = client.get(reverse("export-pack", args=["gull-point"])).content.decode()
    answer = client.get(reverse("download-pack", args=["gull-point"]))

    assert "1 question of yours, 0 quizzes" in page
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="gull-point.zip"'
    with ZipFile(BytesIO(answer.content)) as archive:
        assert "gull-point/own-questions.yaml" in archive.namelist()
        assert archive.testzip() is None


def test_what_stays_is_told_with_its_reasons(client, author, send):
    send({"own-questions.yaml": QUESTIONS})
    client.post(reverse("load-pack-copy", args=["gull-point", PackCopy.objects.latest("pk").uid]))
    ItemFact.objects.filter(item__slug="q-new").delete()

    page = client.get(reverse("export-pack", args=["gull-point"])).content.decode()

    assert "1 stays here" in page
    assert "The great storm came in June." in page
    assert "Leave these out and download the others" in page


def test_a_book_without_facts_says_that_it_has_no_pack(client, author):
    Book.objects.create(slug="mine", title="Mine", owner=author)

    page = client.get(reverse("export-pack", args=["mine"])).content.decode()

    assert "This book came with no pack" in page
    assert client.get(reverse("download-pack", args=["mine"])).status_code == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "The submitted file is empty."),
        (b"no zip at all", "no zip archive that can be read"),
    ],
)
def test_what_is_no_pack_is_refused_in_words(client, author, sent, says):
    url = reverse("upload-pack", args=["gull-point"])
    answer = client.post(url, {"archive": SimpleUploadedFile("x.zip", sent)})

    assert answer.status_code in (409, 422)
    assert says in answer.content.decode()
    assert "What you write here goes out with it" in answer.content.decode()
    assert not PackCopy.objects.filter(by=author).exists()


def test_a_pack_is_shown_to_its_sender_alone(client, send):
    send({})
    copy = PackCopy.objects.latest("pk")
    client.force_login(User.objects.create_user("other", is_staff=True))

    for name in ("pack-preview", "load-pack-copy", "undo-pack"):
        url = reverse(name, args=["gull-point", copy.uid])
        answer = client.get(url) if name == "pack-preview" else client.post(url)
        assert answer.status_code == 404


def test_only_staff_are_asked_whether_it_is_for_the_site(client, author, send):
    page = reverse("packs", args=["gull-point"])
    assert "for everybody" not in client.get(page).content.decode()
    assert "become yours" in send({}, is_site="on").content.decode()

    author.is_staff = True
    author.save()

    assert "for everybody" in client.get(page).content.decode()
    assert "It becomes a book of the site" in send({}, is_site="on").content.decode()
