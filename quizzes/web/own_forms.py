"""The shape of books, chapters, cards and pictures that people write; rules are the verbs'."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from django import forms
from django.conf.locale import LANG_INFO
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from quizzes.content import pictures
from quizzes.content.models import Book, Chapter
from quizzes.content.pictures import Picture, UnreadablePictureError
from quizzes.items import filing, slips
from quizzes.items.gaps import MOST_GAPS
from quizzes.items.models import Item
from quizzes.items.slips import Kind, Slip
from quizzes.people.models import User

KINDS = [
    (Kind.BASIC.value, _("Front and back")),
    (Kind.REVERSED.value, _("Both ways: front to back, and back to front")),
    (Kind.TYPED.value, _("The answer is typed and checked")),
    (Kind.CLOZE.value, _("Gaps in a text")),
]
SIDES = [("front", _("after the front")), ("back", _("after the back"))]

_DOUBTS: dict[str, str | Promise] = {
    "empty": _("Write something here."),
    "long": _("This is too long."),
    "many": _("At most 20 other spellings."),
    "gaps-none": _("Mark at least one gap: {{like this}}."),
    "gaps-empty": _("A gap is empty. Write what fills it: {{like this}}."),
    "gaps-torn": _("A gap is not closed, or one stands in another: {{like this}}."),
    "gaps-number": _("Gaps are numbered from 1: {{1:like this}}."),
    "gaps-many": _("A text has at most %(most)s gaps.") % {"most": MOST_GAPS},
}
_PICTURE_FAULTS: dict[str, str | Promise] = {
    "heavy": _("The picture is larger than 10 MB."),
    "format": _("This is no picture that can be kept: PNG, JPEG, WebP and GIF can."),
    "large": _("A JPEG may have 16 million pixels, any other picture 6 million. Make it smaller."),
    "moving": _("The picture moves. Save one frame of it, and keep that."),
    "broken": _("The picture's file is damaged."),
}


@cache
def languages() -> list[tuple[str, str]]:
    """Languages by their code, in the order of their English names."""
    known = [(code, info["name"]) for code, info in LANG_INFO.items() if "name" in info]
    return sorted(known, key=lambda one: one[1])


class BookForm(forms.Form):
    """A book of one's own."""

    title = forms.CharField(label=pgettext_lazy("of a book", "Title"), max_length=200)
    description = forms.CharField(
        label=_("What it is about (may be left empty)"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    language = forms.ChoiceField(label=_("Language of its cards"), choices=languages, initial="en")


class ChapterForm(forms.Form):
    """A chapter of a book of one's own."""

    title = forms.CharField(label=pgettext_lazy("of a chapter", "Title"), max_length=200)


class OwnChapterField(forms.ModelChoiceField[Chapter]):
    """A chapter of one's own books, named with its book."""

    def label_from_instance(self, chapter: Any) -> str:
        return f"{chapter.book.title} › {chapter.title}"


class SlipForm(forms.Form):
    """A card with all ways of asking it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    front = forms.CharField(
        label=_("Front"),
        help_text=_(
            "Markdown. For gaps write the whole text and mark them: {{gap}}, {{gap::hint}}; "
            "{{1:gaps}} with the same {{1:number}} are asked together."
        ),
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        strip=False,
        required=False,
    )
    back = forms.CharField(
        label=_("Back (not needed for gaps)"),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        strip=False,
        required=False,
    )
    accepted = forms.CharField(
        label=_("Other spellings that count when typed, one a line"),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        required=False,
    )
    remark = forms.CharField(
        label=_("Remark, shown with the answer"),
        max_length=slips.LONGEST_SIDE,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        required=False,
    )
    tags = forms.CharField(label=_("Tags, separated by commas"), max_length=1_000, required=False)
    chapter = OwnChapterField(label=_("Chapter"), queryset=Chapter.objects.none())
    is_substantive = forms.BooleanField(
        label=_("Its meaning changed"),
        help_text=_("Then its cards come due today. What you remember of them stays."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        owner: User,
        book: Book | None = None,
        item: Item | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = Chapter.objects.filter(book__owner=owner.pk).select_related("book")
        if book and item is None:  # a new card is for the book whose page this is
            mine = mine.filter(book=book)
        chapters = cast("forms.ModelChoiceField[Chapter]", self.fields["chapter"])
        chapters.queryset = mine.order_by("book__title", "book", "number")
        self.item = item
        if item is None:
            del self.fields["is_substantive"], self.fields["seen"]
        else:
            self.initial.setdefault("seen", str(item.revision_id))

    @property
    def slip(self) -> Slip:
        """What was typed, as far as it could be read."""
        typed = self.cleaned_data
        accepted = [line.strip() for line in typed.get("accepted", "").splitlines()]
        return Slip(
            kind=Kind(typed.get("kind", Kind.BASIC)),
            front=typed.get("front", "").replace("\r\n", "\n"),
            back=typed.get("back", "").replace("\r\n", "\n"),
            accepted=tuple(dict.fromkeys(filter(None, accepted))),
            remark=typed.get("remark", "").replace("\r\n", "\n"),
        )

    def clean_tags(self) -> list[str]:
        tags = filing.tags(self.cleaned_data["tags"])
        if len(tags) > filing.MOST_TAGS or any(len(tag) > filing.LONGEST_TAG for tag in tags):
            raise forms.ValidationError(
                _("At most %(most)s tags of at most %(longest)s characters."),
                params={"most": filing.MOST_TAGS, "longest": filing.LONGEST_TAG},
            )
        return tags

    def clean_seen(self) -> str:
        """Two who change a card at once learn of each other before one wins."""
        seen = str(self.cleaned_data["seen"])
        now = str(self.item.revision_id) if self.item else ""
        if seen != now:
            self.data = {**self.data, "seen": now}
            self.add_error(
                None,
                _(
                    "The card was changed elsewhere since you opened it. Save again to put your "
                    "wording in place of that one."
                ),
            )
        return seen

    def clean(self) -> None:
        if "kind" in self.cleaned_data:
            for doubt in slips.doubts(self.slip):
                self.add_error(str(doubt.side), str(_DOUBTS[doubt.reason]))


class PictureForm(forms.Form):
    """A picture for a card."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG, WebP or GIF, at most 10 MB. Places and dates in it are removed."),
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    alt = forms.CharField(
        label=_("What it shows, for those who cannot see it"), max_length=300, required=False
    )
    side = forms.ChoiceField(label=_("Where"), choices=SIDES, initial="front", required=False)

    def clean_picture(self) -> Picture | None:
        sent = self.cleaned_data["picture"]
        if not isinstance(sent, UploadedFile):
            return None
        if (sent.size or 0) > pictures.MOST_BYTES:
            raise forms.ValidationError(gettext(str(_PICTURE_FAULTS["heavy"])))
        try:
            return pictures.read(sent.read())
        except UnreadablePictureError as error:
            raise forms.ValidationError(str(_PICTURE_FAULTS[error.reason])) from error

    @property
    def is_sent(self) -> bool:
        """Whether there is a picture, and it can be kept."""
        return self.is_valid() and self.cleaned_data["picture"] is not None

    def markdown(self, uid: object) -> str:
        """How the kept picture is named in a text."""
        words = " ".join(self.cleaned_data["alt"].translate(_UNBRACKETED).split())
        return f"![{words}](media:{uid})"


_UNBRACKETED = str.maketrans("[]\\", "() ")
