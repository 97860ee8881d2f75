"""Calendars as iCalendar (RFC 5545): entries in, bytes out.

An entry keeps its identifier, so that a program that subscribed moves it when it moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT = "-//Reading Room//Deadlines//EN"
EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment on the clock of a zone, or a whole day, with a title and where it leads."""

    uid: str
    title: str
    on: datetime | date
    time_zone: str = "UTC"
    text: str = ""
    link: str = ""


def calendar_bytes(name: str, entries: Iterable[Entry], at: datetime) -> bytes:
    """A calendar of this name, as it stands at a moment; times are told in each entry's zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at)
    event.add("summary", entry.title)
    event.add("dtstart", _start(entry))
    event.add("transp", "TRANSPARENT")  # a deadline takes no time
    if entry.text:
        event.add("description", entry.text)
    if entry.link:
        event.add("url", entry.link)
    return event


def _start(entry: Entry) -> datetime | date:
    if isinstance(entry.on, datetime):
        return entry.on.astimezone(ZoneInfo(entry.time_zone))
    return entry.on
