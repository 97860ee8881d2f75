import re
from hashlib import sha256

import pytest


@pytest.fixture
def vendor(root):
    return root / "quizzes/static/quizzes/vendor"


def test_what_others_wrote_is_served_as_they_published_it(vendor):
    listed = dict(
        reversed(line.split()[-2:])
        for line in (vendor / "VERSIONS").read_text().splitlines()
        if re.search(r" [0-9a-f]{64} ", line)
    )
    present = [path for path in vendor.iterdir() if path.suffix in {".js", ".woff2", ".css"}]

    assert listed == {path.name: sha256(path.read_bytes()).hexdigest() for path in present}


def test_each_of_them_comes_with_its_licence(vendor):
    assert {path.name for path in vendor.glob("*.LICENSE")} == {
        "inter.LICENSE",
        "source-serif-4.LICENSE",
    }
