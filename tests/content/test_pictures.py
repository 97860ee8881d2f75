"""A picture that somebody sends: what is kept of it, and what is refused."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

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
        (png_that_claims(2_450, 2_450), "large"),
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


def test_the_first_picture_of_a_photo_with_two_is_kept():
    second = Image.new("RGB", (8, 6), "blue")
    photo = drawn("MPO", save_all=True, append_images=[second])
    assert Image.open(BytesIO(photo)).format == "MPO"

    picture = pictures.read(photo)

    assert (picture.format, opened(picture).format) == ("JPEG", "JPEG")
    red, _green, blue = opened(picture).getpixel((0, 0))
    assert red > 200 > 50 > blue


def large(written_as, mode, side, **options):
    """A picture of one color: a small file, and a large bill for whoever unpacks it."""
    out = BytesIO()
    Image.new(mode, (side, side)).save(out, written_as, **options)
    return out.getvalue()


def full_of_words():
    """A PNG of a few kilobytes that says 60 MiB of nothing about itself."""
    said = PngImagePlugin.PngInfo()
    for number in range(60):
        said.add_text(str(number), " " * (2**20 - 100), zip=True)
    return large("PNG", "RGB", 2_449, transparency=(0, 0, 0), pnginfo=said)


READING = """
import re, sys
from quizzes.content import pictures

def told(name):
    return int(re.search(name + r":\\s+(\\d+) kB", open("/proc/self/status").read())[1])

sent = sys.stdin.buffer.read()
before = told("VmRSS")
try:
    pictures.read(sent)
except pictures.UnreadablePictureError as refused:
    assert refused.reason != "large", refused
print((told("VmHWM") - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells its peak in /proc")
@pytest.mark.parametrize(
    "sent",
    [
        large("JPEG", "RGB", 4_000),
        large("JPEG", "RGB", 4_000, progressive=True, subsampling=0),
        large("JPEG", "CMYK", 4_000, progressive=True, subsampling=0),
        large("PNG", "RGBA", 2_449),
        large("PNG", "RGB", 2_449, transparency=(0, 0, 0)),
        large("GIF", "P", 2_449),
        large("WEBP", "RGBA", 2_449, lossless=True),
        full_of_words(),
    ],
    ids="jpeg progressive cmyk png clear gif webp words".split(),
)
def test_no_picture_takes_more_memory_than_promised(sent, root):
    child = subprocess.run(
        [sys.executable, "-c", READING], input=sent, capture_output=True, cwd=root, check=True
    )

    assert 0 < int(child.stdout) <= 150


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
