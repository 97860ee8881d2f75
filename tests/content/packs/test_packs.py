"""The pack as a whole: what reads, what every fault tells, and that all are told at once."""

import json

import pytest
from pydantic import BaseModel

from quizzes.content import packs
from quizzes.content.packs import shapes


def test_the_small_pack_has_no_fault(folder):
    pack, problems = folder.read()

    assert problems == []
    assert pack is not None
    assert pack.manifest.book.title == "The Lamp at Gull Point"
    assert len(pack.contents.facts) == 22


def test_every_problem_names_file_line_column_rule_and_remedy(folder):
    folder.replace("events.yaml", "status: alleged", "status: rumored")

    (problem,) = folder.problems()

    line, column = folder.place_of("events.yaml", "rumored")
    assert (problem.file, problem.line, problem.column) == ("events.yaml", line, column)
    assert str(problem).startswith(f"events.yaml:{line}:{column} shape: `rumored` is not known")
    assert "'occurred', 'alleged', 'claimed' or 'planned'" in problem.remedy


def test_faults_of_all_kinds_are_told_at_once_in_the_order_of_the_files(folder):
    folder.replace("arguments.yaml", "kind: author_claim", "kind: rant")
    folder.replace("events.yaml", "places: [gull-point-cape]", "places: [nowhere]")
    folder.replace("quizzes.yaml", "time_limit: 20", "time_limit: twenty")
    folder.replace("places.yaml", "pages: [1, 1]", "pages: [1, 300]")
    folder.replace("terms.yaml", "terms:", "terms: {")

    told = [(problem.file, problem.rule) for problem in folder.problems()]

    assert told == [
        ("arguments.yaml", "shape"),
        ("events.yaml", "reference"),
        ("places.yaml", "pages"),
        ("quizzes.yaml", "shape"),
        ("terms.yaml", "yaml"),
    ]


def test_a_slip_of_form_is_not_told_again_by_what_names_the_entry(folder):
    folder.replace("events.yaml", "title: The great storm", "tytle: The great storm")

    told = {(problem.file, problem.rule) for problem in folder.problems()}

    assert told == {("events.yaml", "shape")}


def test_a_file_that_cannot_be_read_is_not_told_again_by_what_names_its_entries(folder):
    (folder.path / "figures.yaml").write_bytes(b"figures: \xff")

    told = [(problem.file, problem.rule) for problem in folder.problems()]

    assert told == [("figures.yaml", "yaml")]


@pytest.mark.parametrize("file", ["pack.yaml", "sources.yaml"])
def test_manifest_and_sources_are_needed(folder, file):
    (folder.path / file).unlink()

    assert ("This is no file", file) in {(p.message, p.file) for p in folder.problems()}


def test_other_files_may_be_missing(folder):
    for file in ("quizzes.yaml", "items.yaml", "confusables.yaml", "relations.yaml"):
        (folder.path / file).unlink()

    assert folder.problems() == []


def test_a_stray_file_is_told(folder):
    (folder.path / "event.yaml").write_text("events: []")

    (problem,) = folder.problems()

    assert (problem.file, problem.rule) == ("event.yaml", "file")
    assert "events.yaml" in problem.remedy


def test_a_folder_that_is_none_is_told(tmp_path):
    pack, problems = packs.read(tmp_path / "nowhere")

    assert pack is None
    assert {problem.file for problem in problems} == {"pack.yaml", "sources.yaml"}


def test_equal_bytes_have_equal_fingerprints(folder):
    before = packs.fingerprint(folder.path)

    assert packs.fingerprint(folder.path) == folder.pack().fingerprint == before

    folder.append("terms.yaml", "# a remark\n")

    assert packs.fingerprint(folder.path) != before


@pytest.mark.parametrize("file", shapes.FILES)
def test_every_file_has_a_published_json_schema(file):
    schema = packs.json_schema(file)

    assert schema["additionalProperties"] is False
    assert set(shapes.FILES[file]) <= schema["properties"].keys()
    assert json.loads(json.dumps(schema)) == schema


def test_no_shape_takes_a_key_that_it_does_not_know():
    def below(kind):
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    kinds = set(below(shapes.Shape))

    assert len(kinds) > 20
    assert all(issubclass(kind, BaseModel) for kind in kinds)
    assert {kind.model_config["extra"] for kind in kinds} == {"forbid"}
