"""/bank/<book>/packs/ : what a reader sees of what goes out and comes in."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.assessment.models import Assignment, Quiz, Slot
from quizzes.assessment.withholding import WHY
from quizzes.content import companions
from quizzes.content.models import Book, PackCopy
from quizzes.items.models import Item, ItemFact
from quizzes.items.wordings import OptionWording, Wording
from quizzes.people.models import User
from tests.enrolling import examine
from tests.examining import make_quiz
from tests.exchange.sending import QUESTIONS, SMALL_PACK, load_small_pack
from tests.exchange.writing import write
from tests.web.test_review import text


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
    assert "The great storm came in June.</span> <code>q-new</code>" in shown.content.decode()
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


def test_a_pack_that_brings_nothing_says_so(send):
    assert "It changes nothing: all that it would bring is here." in text(send({}))


def test_problems_are_told_with_their_place_and_nothing_can_be_loaded(send):
    page = send({"own-questions.yaml": QUESTIONS.replace("storm]", "no-storm]")}).content.decode()

    assert "1 problem: nothing can be loaded" in page
    assert "<code>own-questions.yaml:5:11</code>" in page
    assert "`no-storm` is not among the facts" in page
    assert "<strong>The great storm came in June.</strong>" in page
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


def test_a_pack_stays_here_while_its_reader_may_be_asked_what_is_in_it(client, author, lamp, noon):
    """Its files go out whole, with the keys of its questions."""
    asked = lamp.items.filter(origin="pack").first()
    exam = examine(author, make_quiz(lamp, asked, slug="exam"), noon)
    ways = [reverse(name, args=["gull-point"]) for name in ("export-pack", "download-pack")]

    for answer in map(client.get, ways):
        assert answer.status_code == 409
        assert str(WHY) in text(answer)
    Assignment.objects.filter(pk=exam.pk).update(released_at=noon)
    assert [client.get(way).status_code for way in ways] == [200, 200]


def test_what_stays_is_told_in_plain_sentences_with_what_to_do(client, author, lamp, noon):
    own = companions.companion(author, lamp)
    right = OptionWording(text="Ada Morn", fraction=10_000_000)
    wrong = OptionWording(text="Sam Pike")
    asked = Wording(kind="single", stem="Who *kept* it?", answer="Ada Morn", rationale="So it is.")
    asked = replace(asked, is_markdown=True)
    written = {
        "q-bare": replace(asked, rationale="", options=(right, wrong, replace(wrong, text="He"))),
        "q-few": replace(asked, options=(right, replace(wrong, feedback="A pilot."))),
        "q-still": replace(asked, options=(right, wrong, replace(wrong, text="Tom Reed"))),
        "q-view": replace(asked, options=(right, wrong), stem="Did the keeper sleep?"),
    }
    for slug, wording in written.items():
        tests = ["sleeping-keeper"] if slug == "q-view" else ["morn"]
        write(own, slug, noon, author, wording=wording, tests=tests)
    ItemFact.objects.filter(item__slug="q-few").delete()
    quiz = Quiz.objects.create(book=own, slug="mine", title="Mine", position=0)
    Slot.objects.create(quiz=quiz, position=0, item=Item.objects.get(slug="q-still"))

    page = text(client.get(reverse("export-pack", args=["gull-point"])))

    for said in (
        "5 stay here",
        "Who kept it?",
        "It has no explanation. Write one: it is shown with the answer.",
        "It is written from no fact.",
        "Option 2: The wrong option “Sam Pike” does not say why.",
        "Write beside each wrong option what is said when it is chosen.",
        "is told as a fact, which the author does not make it.",
        "Say in the question whose view it is: “According to …”.",
        "It asks “Who kept it?”, which stays here. Mend that one, or take it out of the quiz.",
        "Download without those below",
    ):
        assert said in page, said
    for jargon in ("List should", "String should", "`", "q-still", "explanation:"):
        assert jargon not in page, jargon


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
    assert "Download it with what you wrote here" in answer.content.decode()
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
