"""Headings: what the columns of a class list hold, by what the systems that write one call them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


def _plain(head: str) -> str:
    """“E-Mail-Adresse:” and “e mail adresse” are “emailadresse”."""
    letters = unicodedata.normalize("NFKD", head.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in text.split(","))


_WHOLE = _words(
    "name, student, student name, students, name of student, full name, display name, learner,"
    " participant, pupil, last name first name, surname first name, nom complet, nombre completo"
)
_FIRST = _words("first name, first names, given name, given names, forename, forenames, first")
_FIRST |= _words("preferred name, vorname, vornamen, prénom, nombre, nome")
_LAST = _words("last name, last names, surname, family name, last, nachname, familienname")
_LAST |= _words("nom, nom de famille, apellido, apellidos, cognome")
_EMAIL = _words("e-mail, mail, e-mail address, mail address, primary e-mail, student e-mail")
_EMAIL |= _words("school e-mail, university e-mail, e-mail-adresse, mailadresse, courriel")
_EMAIL |= _words("adresse e-mail, adresse mail, correo, correo electrónico, posta elettronica")
_NUMBER = _words("student number, student no, student id, id number, matriculation number")
_NUMBER |= _words("registration number, matrikelnummer, matrikelnr, matrikel")
_NUMBER |= _words("numéro d’étudiant, sis user id, sis id, candidate number, id")
_COUNT = _words("number, no, nr")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells hold the parts of the name, in the order in which it is said, and the rest."""

    names: Sequence[int]
    email: int | None
    student_number: int | None
    numbers_students: bool
    """Whether the heading says that the numbers are students' own, and do not count the lines."""


def columns(cells: Sequence[str]) -> Columns | None:
    """What each column holds, by a line that names them; none where it is no such line."""
    heads = [_plain(cell) for cell in cells]
    whole, first, last, email = (_at(heads, words) for words in (_WHOLE, _FIRST, _LAST, _EMAIL))
    if whole and first and not last:  # “Name; First name”
        whole, last = [], whole
    names = whole[:1] or [*first[:1], *last[:1]]
    if not names and not email:
        return None
    own, numbers = _at(heads, _NUMBER), [*_at(heads, _NUMBER), *_at(heads, _COUNT)]
    return Columns(names, next(iter(email), None), next(iter(numbers), None), bool(own))


def _at(heads: Sequence[str], words: frozenset[str]) -> list[int]:
    return [place for place, head in enumerate(heads) if head in words]
