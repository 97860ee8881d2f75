"""A picture that somebody sends: what is kept of it, and what is refused."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from quizzes.content import keeping, pictures, picturing
from quizzes.content.models import Media
from quizzes.content.pictures import UnreadablePictureError
from quizzes.content.picturing import TooManyPictures
from quizzes.people.models import User
from tests.decks import drawn


def opened(picture):
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize(
    ("sent", "kept"), [("PNG", "PNG"), ("JPEG", "JPEG"), ("WEBP", "WEBP"), ("GIF", "PNG")]
)
def test_a_picture_is_written_anew(sent, kept):
    picture = pictures.read(drawn(sent))

    assert (picture.format, picture.width, picture.height) == (kept, 8, 6)
    assert opened(picture).format == kept
    assert picture.media_type == f"image/{kept.lower()}"
    assert pictures.read(drawn(sent)).sha256 == picture.sha256


def test_nothing_but_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "canary-description"
    sent = drawn("JPEG", exif=exif, comment=b"canary-comment", icc_profile=b"canary-profile")
    assert sent.count(b"canary") == 3

    assert b"canary" not in pictures.read(sent + b"<script>canary</script>").content


def test_what_a_png_says_of_itself_goes_too():
    from_text = drawn("PNG", icc_profile=b"canary" * 30)

    assert not opened(pictures.read(from_text)).info


def test_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side

    picture = pictures.read(drawn("JPEG", size=(40, 20), exif=exif))

    assert (picture.width, picture.height) == (20, 40)


@pytest.mark.parametrize("written_as", ["PNG", "JPEG", "WEBP"])
def test_it_is_made_small_enough(written_as):
    picture = pictures.read(drawn(written_as, size=(3_200, 1_000)))

    assert (picture.width, picture.height) == (1_600, 500)


def test_what_is_clear_stays_clear():
    out = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")

    assert opened(pictures.read(out.getvalue())).getpixel((0, 0)) == (255, 0, 0, 0)


def png_that_claims(width, height):
    """A PNG of a few bytes whose header names a size; nothing of it could be unpacked."""

    def chunk(name, data):
        length, check = struct.pack(">I", len(data)), struct.pack(">I", zlib.crc32(name + data))
        return length + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def moving_gif():
    out = BytesIO()
    frames = [Image.new("P", (4, 4), n) for n in (1, 2)]
    frames[0].putpalette([0] * 3 + [255] * 9)
    frames[1].putpalette([0] * 3 + [9] * 9)
    frames[0].save(out, "GIF", save_all=True, append_images=[frames[1]])
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "format"),
        (b"no picture", "format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "format"),
        (drawn("BMP"), "format"),
        (drawn("TIFF"), "format"),
        (png_that_claims(6_000, 6_000), "large"),
        (png_that_claims(60_000, 60_000), "large"),
        (png_that_claims(100, 100), "broken"),
        (drawn("JPEG", size=(200, 200))[:-200], "broken"),
        (moving_gif(), "moving"),
        (drawn("PNG") + b"\0" * pictures.MOST_BYTES, "heavy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_kept_says_why(content, reason):
    with pytest.raises(UnreadablePictureError) as refused:
        pictures.read(content)

    assert refused.value.reason == reason


@pytest.fixture
def shelf(db, settings, tmp_path):
    """Two books, and a folder for their pictures."""
    settings.MEDIA_ROOT = tmp_path
    owner = User.objects.create_user("vera")
    return [keeping.begin(owner, title) for title in ("Greek", "Latin")]


def files(root):
    return [path.name for path in sorted(root.rglob("*")) if path.is_file()]


def test_a_picture_is_kept_once_a_book_and_its_file_once(shelf, tmp_path):
    greek, latin = shelf
    picture = pictures.read(drawn())

    first = picturing.keep(greek, picture, "red")
    again = picturing.keep(greek, picture, "scarlet")
    other = picturing.keep(latin, picture)

    assert (first, "red") == (again, again.alt_text)
    assert other != first
    assert files(tmp_path) == [f"{picture.sha256}.png"]
    with first.file.open() as kept:
        assert kept.read() == picture.content


def test_a_file_goes_with_the_last_book_that_shows_it(
    shelf, tmp_path, django_capture_on_commit_callbacks
):
    greek, latin = shelf
    red, blue = (pictures.read(drawn(color=color)) for color in ("red", "blue"))
    picturing.keep(greek, red)
    picturing.keep(greek, blue)
    picturing.keep(latin, red)

    with django_capture_on_commit_callbacks(execute=True):
        picturing.sweep(greek)
        greek.delete()

    assert files(tmp_path) == [f"{red.sha256}.png"]
    assert default_storage.exists(str(Media.objects.get().file))


def test_a_book_holds_a_bounded_number_of_pictures(shelf, monkeypatch):
    monkeypatch.setattr(picturing, "MOST_PICTURES", 1)
    picturing.keep(shelf[0], pictures.read(drawn()))

    with pytest.raises(TooManyPictures):
        picturing.keep(shelf[0], pictures.read(drawn(color="blue")))
