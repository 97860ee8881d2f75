"""Whatever is done to a good pack, reading it ends in a pack or in problems."""

import shutil

from hypothesis import given
from hypothesis import strategies as st

from quizzes.content import packs
from quizzes.content.packs.shapes import FILES

SCRAPS = st.sampled_from(
    ["", "null", "[]", "{}", "- ", "0", "-1", "true", "1901-06-11", "storm", "''", "x: y", "*a"]
)
CHANGES = st.tuples(
    st.sampled_from(sorted(FILES)),
    st.sampled_from(["drop", "double", "cut", "swap", "value", "indent"]),
    st.integers(0, 10_000),
    SCRAPS,
)


def changed(lines: list[str], how: str, where: int, scrap: str) -> list[str]:
    at = where % max(len(lines), 1)
    line = lines[at] if lines else ""
    replacement = {
        "drop": [],
        "double": [line, line],
        "cut": [line[: where % (len(line) + 1)]],
        "swap": [line.replace("[", "{").replace(":", "]", 1)],
        "value": [f"{line.partition(':')[0]}: {scrap}"],
        "indent": [f"  {line}"],
    }
    return [*lines[:at], *replacement[how], *lines[at + 1 :]]


@given(st.lists(CHANGES, min_size=1, max_size=4))
def test_no_change_makes_a_traceback(small_pack, tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("pack") / "pack"
    shutil.copytree(small_pack, folder)
    for file, how, where, scrap in changes:
        lines = (folder / file).read_text().splitlines() if (folder / file).exists() else []
        (folder / file).write_text("\n".join(changed(lines, how, where, scrap)))

    pack, problems = packs.read(folder)

    assert (pack is None) == bool(problems)
    assert problems == sorted(problems)
    for problem in problems:
        assert problem.file in FILES
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.rule
        assert problem.message
        assert problem.remedy
