"""Archives from strangers: whatever is in them, no more comes out than a pack's few texts."""

import stat
import struct
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.exchange.formats import zips
from quizzes.exchange.formats.zips import Fault, UnfitError, packed, unpacked

KNOWN = frozenset({"pack.yaml", "sources.yaml", "items.yaml"})
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


def zipped(*entries, method=0):
    archive = BytesIO()
    with ZipFile(archive, "w", method) as out:
        for entry, text in entries:
            out.writestr(entry, text)
    return archive.getvalue()


def refused(sent):
    with pytest.raises(UnfitError) as error:
        unpacked(sent, KNOWN)
    return error.value.fault


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)), TEXTS, min_size=1))
def test_what_is_packed_comes_out_as_it_was(files):
    assert unpacked(packed("pack", files), KNOWN) == files


def test_the_same_files_are_the_same_bytes_in_whatever_order():
    one, other = {"pack.yaml": "a", "items.yaml": "b"}, {"items.yaml": "b", "pack.yaml": "a"}

    assert packed("pack", one) == packed("pack", other)


@pytest.mark.parametrize("folder", ["", "pack/", "site/packs/pack/"])
def test_the_folder_may_stand_in_folders(folder):
    assert unpacked(zipped((f"{folder}pack.yaml", "a")), KNOWN) == {"pack.yaml": "a"}


def test_what_systems_leave_in_folders_is_passed_over():
    left = [("pack/.DS_Store", "x"), ("__MACOSX/pack/._pack.yaml", "x"), ("pack/", "")]

    assert unpacked(zipped(("pack/pack.yaml", "a"), *left), KNOWN) == {"pack.yaml": "a"}


@pytest.mark.parametrize(
    "name",
    [
        "../pack.yaml",
        "pack/../../pack.yaml",
        "/etc/pack.yaml",
        "C:/pack.yaml",
        "..\\pack.yaml",
        "pack/./../pack.yaml",
    ],
)
def test_no_name_leads_out_of_the_folder(name):
    assert refused(zipped((name, "a"))) == Fault.PATH


def test_an_honest_bomb_is_not_unpacked():
    assert refused(zipped(("pack.yaml", "0" * 1_900_000), method=ZIP_DEFLATED)) == Fault.RATIO


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    sent = bytearray(zipped(("pack.yaml", "0" * 1_900_000), method=ZIP_DEFLATED))
    entry = sent.index(b"PK\x01\x02")
    struct.pack_into("<L", sent, entry + 24, 1_000)  # the size that the directory declares
    struct.pack_into("<L", sent, 22, 1_000)

    assert refused(bytes(sent)) == Fault.NO_ZIP


def test_no_file_is_larger_than_a_pack_s():
    assert refused(zipped(("pack.yaml", "ab" * 1_000_001))) == Fault.FILE


def test_no_more_than_fifty_entries_are_looked_at():
    assert refused(zipped(*((f"{n}/pack.yaml", "a") for n in range(51)))) == Fault.ENTRIES


def test_a_directory_that_claims_few_entries_and_is_large_is_not_read():
    sent = bytearray(zipped(*((f"{n:05}/pack.yaml", "a") for n in range(2_000))))
    end = sent.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", sent, end + 8, 3, 3)

    assert refused(bytes(sent)) == Fault.ENTRIES


def test_an_archive_of_64_bits_is_none_of_ours():
    sent = zipped(("pack.yaml", "a"))
    end = sent.rindex(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)

    assert refused(sent[:end] + locator + sent[end:]) == Fault.ENTRIES


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_only_plain_compression_is_read(method):
    assert refused(zipped(("pack.yaml", "some words"), method=method)) == Fault.METHOD


def test_what_is_encrypted_is_not_asked_for_a_password():
    sent = bytearray(zipped(("pack.yaml", "a")))
    struct.pack_into("<H", sent, sent.index(b"PK\x01\x02") + 8, 1)

    assert refused(bytes(sent)) == Fault.ENCRYPTED


def test_a_link_is_not_followed():
    link = ZipInfo("pack.yaml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16

    assert refused(zipped((link, "/etc/passwd"))) == Fault.LINK


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_name_is_there_twice():
    assert refused(zipped(("pack.yaml", "a"), ("pack.yaml", "b"))) == Fault.TWICE


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([("pack.yaml", "a"), ("run.sh", "rm")], Fault.NAME),
        ([("a/pack.yaml", "a"), ("b/items.yaml", "b")], Fault.FOLDERS),
        ([("a/b/c/d/e/f/pack.yaml", "a")], Fault.FOLDERS),
        ([("pack.yaml", b"\xff\xfe")], Fault.TEXT),
        ([("pack.yaml", "a\0b")], Fault.TEXT),
        ([("pack/", "")], Fault.EMPTY),
        ([], Fault.EMPTY),
    ],
)
def test_only_the_texts_of_one_folder_are_taken(entries, fault):
    assert refused(zipped(*entries)) == fault


def test_what_is_larger_than_twenty_megabytes_is_not_looked_at():
    assert refused(b"PK" + bytes(zips.MOST_SENT)) == Fault.LARGE


@given(st.binary(max_size=400), st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_no_bytes_end_in_anything_but_texts_or_a_refusal(noise, where, scrap):
    sent = bytearray(zipped(("pack/pack.yaml", "some words"), ("pack/items.yaml", noise)))
    place = where % len(sent)
    sent[place : place + len(scrap)] = scrap

    try:
        files = unpacked(bytes(sent), KNOWN)
    except UnfitError:
        return
    assert files.keys() <= KNOWN
