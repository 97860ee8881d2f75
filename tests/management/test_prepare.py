import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path):
    """A site without books, whose static files are collected for real."""
    settings.BASE_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    return settings


def test_static_files_are_hashed_and_compressed(site):
    call_command("prepare")

    names = [path.name for path in (site.STATIC_ROOT / "quizzes").iterdir()]
    assert any(name.startswith("study.") and name.endswith(".js.gz") for name in names)


def test_a_second_run_collects_nothing(site, capsys):
    call_command("prepare")
    first = capsys.readouterr().out
    call_command("prepare")
    second = capsys.readouterr().out

    assert "Collecting static files." in first
    assert "Collecting static files." not in second
