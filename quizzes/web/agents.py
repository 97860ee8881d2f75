"""Browsers in words: what is kept of the long line by which each tells what it is."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

type Marks = Sequence[tuple[str, str]]

# The first that fits: most browsers claim to be others as well.
_BROWSERS: Marks = (
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|Chromium/|CriOS/", "Chrome"),
    (r"Version/.* Safari/", "Safari"),
)
_SYSTEMS: Marks = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "macOS"),
    (r"Linux|X11", "Linux"),
)


def in_words(agent: str) -> str:
    """“Firefox on Linux”; of what is not known, that it is another program."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Another program")


def _first(marks: Marks, agent: str) -> str:
    return next((name for mark, name in marks if re.search(mark, agent)), "")
