"""A picture that somebody sends, opened with care and written anew.

Pure. What comes out holds the pixels and nothing else of what came in: no place, no camera, no
comment, no color profile, nothing behind the picture's end. It is upright and at most
`LONGEST_SIDE` pixels long, and the same picture gives the same bytes.
"""

import warnings
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps, PngImagePlugin

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS, MOST_PIXELS_OF_A_JPEG = 6_000_000, 16_000_000
"""A JPEG may have more, because it is made smaller while it is unpacked."""
LONGEST_SIDE = 1_600
PngImagePlugin.MAX_TEXT_MEMORY = 4 * 1024 * 1024  # words that are thrown away may not cost 64 MiB
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")

# Some cameras put a second picture into a JPEG, which makes it an MPO; the first is the photo.
_WRITTEN_AS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "WEBP"}
_OPTIONS: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}


class UnreadablePictureError(Exception):
    """The bytes are no picture that is kept; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


REASONS = ("heavy", "format", "large", "moving", "broken")
"""Too many bytes; none of `FORMATS`; too many pixels; more than one frame; torn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    format: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def media_type(self) -> str:
        return f"image/{self.format.lower()}"


def read(content: bytes) -> Picture:
    """The picture that these bytes are, written anew; raises `UnreadablePictureError`.

    Its size is judged by its header, before a pixel of it is unpacked; no picture takes more than
    150 MiB of memory.
    """
    if len(content) > MOST_BYTES:
        raise UnreadablePictureError("heavy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = _opened(content)
        written_as = _WRITTEN_AS[image.format or ""]
        if image.width * image.height > _most_pixels(written_as):
            raise UnreadablePictureError("large")
        if written_as != "JPEG" and getattr(image, "is_animated", False):
            raise UnreadablePictureError("moving")
        return _written(image, written_as)


def _most_pixels(written_as: str) -> int:
    return MOST_PIXELS_OF_A_JPEG if written_as == "JPEG" else MOST_PIXELS


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise UnreadablePictureError("large") from bomb
    except Exception as error:  # a torn file fails in any of a decoder's ways
        raise UnreadablePictureError("format") from error


def _written(image: Image.Image, written_as: str) -> Picture:
    try:
        bare = _bare(image, written_as)
    except Exception as error:  # the same
        raise UnreadablePictureError("broken") from error
    out = BytesIO()
    bare.save(out, written_as, **_OPTIONS[written_as])
    return Picture(out.getvalue(), written_as, bare.width, bare.height)


def _bare(image: Image.Image, written_as: str) -> Image.Image:
    """The pixels alone, upright, small enough, on a fresh image that knows nothing else.

    Whatever makes a copy of the pixels comes after what makes them fewer, if it can.
    """
    times = max(1, max(image.size) // LONGEST_SIDE)
    image.draft(None, (image.width // times or 1, image.height // times or 1))  # JPEG alone
    is_seen_through = written_as != "JPEG" and image.has_transparency_data
    mode = "RGBA" if is_seen_through else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    ImageOps.exif_transpose(plain, in_place=True)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    return bare
