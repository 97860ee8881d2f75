"""What a browser without script would send of a page: the fields of a form as they stand in it."""

from collections import defaultdict
from html.parser import HTMLParser


class Form(HTMLParser):
    """Reads the fields of the form with an id; those outside it that name it are not looked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.is_inside = name, False
        self.sent: dict[str, list[str]] = defaultdict(list)
        self._into = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.is_inside = told.get("id") == self.name
        if not self.is_inside:
            return
        named = told.get("name") or ""
        if tag in ("select", "textarea"):
            self._into = named
        if tag == "textarea":
            self.sent[named].append("")
        if tag == "option" and "selected" in told:
            self.sent[self._into].append(told.get("value") or "")
        is_off = told.get("type") in ("checkbox", "radio") and "checked" not in told
        if tag == "input" and not is_off:
            self.sent[named].append(told.get("value") or ("on" if "value" not in told else ""))

    def handle_data(self, data: str) -> None:
        if self.is_inside and self._into and self.lasttag == "textarea":
            self.sent[self._into][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        if tag in ("select", "textarea"):
            self._into = ""


def sent(page: str, name: str = "editor") -> dict[str, list[str]]:
    """All that a form would send, but for its buttons."""
    form = Form(name)
    form.feed(page)
    return dict(form.sent)
