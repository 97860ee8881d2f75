"""The site as an app: what a device installs, and what it shows without a connection."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from quizzes.people.models import User

pytestmark = pytest.mark.django_db

IMPORTED = re.compile(r'^import .*from "(.+)"', re.MULTILINE)


def shell(client):
    """The addresses that the worker keeps."""
    [found] = re.findall(r'const SHELL = "(.*?)"', client.get("/sw.js").content.decode())
    return found.replace("\\u002D", "-").split()


def test_the_worker_keeps_nothing_but_what_there_is(client):
    page, *parts = shell(client)

    assert client.get(page).status_code == 200
    assert all(finders.find(part.removeprefix("/static/")) for part in parts)


def imported_by(scripts, page):
    """The modules that scripts import, and what these import, as the page's map names them."""
    named = dict(re.findall(r'"([\w-]+)": "(/static/quizzes/[\w-]+\.js)"', page))
    found, new = set(), set(scripts)
    while new:
        texts = [Path(str(finders.find(one.removeprefix("/static/")))).read_text() for one in new]
        imports = {name for text in texts for name in IMPORTED.findall(text)}
        found |= new
        new = {named[name] for name in imports} - found
    return found


def test_the_worker_keeps_every_part_that_the_page_without_a_connection_asks_for(client):
    page = client.get("/offline/").content.decode()

    asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    needed = {address for address in asked if not address.endswith(".png")}
    needed |= imported_by({address for address in needed if address.endswith(".js")}, page)
    assert "/static/quizzes/store.js" in needed
    assert needed <= set(shell(client))


def test_the_worker_is_everybodys_the_same_and_asked_for_each_time(client):
    strangers = client.get("/sw.js")
    client.force_login(User.objects.create_user("olga"))

    assert client.get("/sw.js").content == strangers.content
    assert strangers["Cache-Control"] == "no-cache"
    assert strangers["Content-Type"].startswith("text/javascript")


def test_the_page_without_a_connection_is_nobodys(client):
    client.force_login(User.objects.create_user("olga"))

    page = client.get("/offline/").content.decode()

    assert "olga" not in page
    assert "data-learner" not in page
    assert "data-offline" in page
    assert 'id="rating"' not in page


def test_the_manifest_names_icons_of_their_sizes(client):
    manifest = client.get("/manifest.webmanifest")

    told = json.loads(manifest.content)
    assert manifest["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["display"]) == ("/today/", "standalone")
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path
        with Image.open(path) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
