"""Calendar files: what the big calendars rely on, checked on what they would read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.adapters.calendar_file import CalendarFiles
from bot.adapters.texts import Catalogues
from bot.domain.clinic import Treatment
from bot.domain.language import Language
from bot.domain.lifecycle import Move, Reason, State
from bot.domain.requests import Act, Kind, Personal, Request
from bot.domain.slots import Slot
from tests.domain.samples import CLINIC, NOW, TOKYO, TUESDAY_10, TUESDAY_11, YUKI, both, wish

ADDRESS = {
    Language.EN: "1-2-3 Mikage, Higashinada-ku,\nKobe; 5 min on foot",
    Language.JA: "神戸市東灘区御影1-2-3、徒歩5分",
}
MAP = "https://www.openstreetmap.org/search?query=Hankyu%20Mikage%20Kobe"
TEXTS = Catalogues()
FILES = CalendarFiles(CLINIC, TEXTS, ADDRESS, MAP)

CONFIRMED = replace(
    wish(),
    state=State.CONFIRMED,
    version=2,
    # As the store gives it back: in UTC.
    appointment=Slot(TUESDAY_10.astimezone(UTC), TUESDAY_11.astimezone(UTC), 0),
    personal=Personal(name="Ann Onymous", phone="+819012345678", note="my left shoulder"),
    last=Act(Move.CONFIRM, YUKI, NOW),
)
CANCELLED = replace(
    CONFIRMED,
    state=State.CANCELLED,
    version=3,
    reason=Reason.CLOSED,
    last=Act(Move.CANCEL, YUKI, NOW + timedelta(hours=1)),
)


def read(content: bytes) -> tuple[Any, list[Any]]:
    """The calendar and its events; a property is one of thirty types, so no type is promised here."""
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    return calendar, calendar.events


def event_of(content: bytes) -> Any:
    (event,) = read(content)[1]
    return event


def keeps_the_format(content: bytes) -> None:
    """RFC 5545, 3.1: CRLF, 75 octets a line, and no character torn in two."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_an_appointment_has_all_that_a_calendar_needs() -> None:
    calendar, (event,) = read(FILES.appointment(CONFIRMED, Language.EN))
    assert (calendar["method"], calendar["version"], calendar["calscale"]) == ("PUBLISH", "2.0", "GREGORIAN")
    assert event["uid"] == "TM-0001@teate"
    assert (event["sequence"], event["status"]) == (2, "CONFIRMED")
    assert event["summary"] == "massage-60 at Teate"
    assert event["location"] == "1-2-3 Mikage, Higashinada-ku, Kobe; 5 min on foot"
    assert event["dtstamp"].dt == NOW


def test_its_times_are_the_clinics_with_the_zone_and_its_rules() -> None:
    content = FILES.appointment(CONFIRMED, Language.EN)
    assert b"DTSTART;TZID=Asia/Tokyo:20261124T100000\r\n" in content
    assert b"DTEND;TZID=Asia/Tokyo:20261124T110000\r\n" in content
    calendar, _ = read(content)
    (zone,) = calendar.timezones
    assert zone.tz_name == "Asia/Tokyo"
    assert zone.to_tz().utcoffset(datetime(2026, 11, 24, 10)) == timedelta(hours=9)  # noqa: DTZ001
    assert not calendar.get_missing_tzids()


def test_its_description_says_how_to_change_it_and_where_it_is() -> None:
    told = str(event_of(FILES.appointment(CONFIRMED, Language.EN))["description"])
    assert told.splitlines() == [
        "Reference: TM-0001",
        "You can change or cancel in the chat until Mon 23 Nov, 10:00.",
        "Telephone: 078-000-0000",
        f"Map: {MAP}",
    ]


def test_nobody_is_invited_so_no_calendar_asks_or_answers() -> None:
    for content in (FILES.appointment(CONFIRMED, Language.EN), FILES.cancelled(CANCELLED, Language.EN)):
        event = event_of(content)
        assert "organizer" not in event and "attendee" not in event


def test_a_cancellation_is_the_same_event_one_step_on() -> None:
    calendar, (event,) = read(FILES.cancelled(CANCELLED, Language.EN))
    before = event_of(FILES.appointment(CONFIRMED, Language.EN))
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert event["uid"] == before["uid"] and event["sequence"] > before["sequence"]
    assert event["dtstart"].dt == before["dtstart"].dt
    assert event["summary"] == "Cancelled: massage-60 at Teate", "also for calendars that only update"
    assert event["transp"] == "TRANSPARENT"


def test_a_moved_appointment_is_the_same_event_one_step_on() -> None:
    moved = replace(CONFIRMED, version=5, appointment=Slot(TUESDAY_11, TUESDAY_11 + timedelta(hours=1), 1))
    first = event_of(FILES.appointment(CONFIRMED, Language.EN))
    second = event_of(FILES.appointment(moved, Language.EN))
    assert second["uid"] == first["uid"] and second["sequence"] > first["sequence"]
    assert second["dtstart"].dt == TUESDAY_11


def test_the_same_request_makes_the_same_bytes() -> None:
    assert FILES.appointment(CONFIRMED, Language.JA) == FILES.appointment(CONFIRMED, Language.JA)


@pytest.mark.parametrize("language", list(Language))
def test_every_file_keeps_the_format_and_is_read_back_as_it_was(language: Language) -> None:
    long = "手当ての長い名前、とても長い；名前。" * 12
    clinic = replace(CLINIC, name={Language.EN: "Teate, Mikage; Kobe", Language.JA: long})
    files = CalendarFiles(clinic, TEXTS, ADDRESS, MAP)
    for content in (
        files.appointment(CONFIRMED, language),
        files.cancelled(CANCELLED, language),
        files.feed([CONFIRMED], language),
    ):
        keeps_the_format(content)
        read(content)
    summary = event_of(files.appointment(CONFIRMED, language))["summary"]
    assert clinic.name[language] in summary


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=500))
def test_any_name_of_a_treatment_keeps_the_format(name: str) -> None:
    kept = Treatment("massage-60", both(name), dict.fromkeys(Language, ()), timedelta(hours=1), 1)
    files = CalendarFiles(replace(CLINIC, treatments=(kept,)), TEXTS)
    content = files.appointment(CONFIRMED, Language.EN)
    keeps_the_format(content)
    assert event_of(content)["summary"] == f"{name} at Teate"


def test_without_an_address_the_place_is_the_clinic() -> None:
    event = event_of(CalendarFiles(CLINIC, TEXTS).appointment(CONFIRMED, Language.EN))
    assert event["location"] == "Teate" and "Map" not in event["description"]


@pytest.mark.parametrize(
    ("request_", "summary"),
    [
        (replace(CONFIRMED, kind=Kind.PLAN, treatment_id=None), "Plan at Teate"),
        (replace(CONFIRMED, treatment_id="no-longer-offered"), "Appointment at Teate"),
    ],
)
def test_a_plan_and_a_treatment_that_is_gone_have_names_too(request_: Request, summary: str) -> None:
    assert event_of(FILES.appointment(request_, Language.EN))["summary"] == summary


def test_a_request_without_an_appointment_has_no_file() -> None:
    with pytest.raises(ValueError, match="TM-0001"):
        FILES.appointment(wish(), Language.EN)
    assert FILES.for_clinic(wish(), Language.EN) is None


def test_a_zone_with_summer_time_brings_its_changes() -> None:
    berlin = CalendarFiles(replace(CLINIC, zone=ZoneInfo("Europe/Berlin")), TEXTS)
    content = berlin.appointment(CONFIRMED, Language.EN)
    keeps_the_format(content)
    calendar, (event,) = read(content)
    assert event["dtstart"].dt == TUESDAY_10
    assert len(calendar.timezones) == 1 and len(content) < 3000


# The clinic's side


def test_the_feed_holds_what_is_confirmed_and_nothing_else() -> None:
    requests = [
        replace(CONFIRMED, id=number, reference=f"TM-{state}", state=state)
        for number, state in enumerate(State)
    ]
    shown = {str(each["uid"]) for each in read(FILES.feed(requests, Language.EN))[1]}
    kept = ("confirmed", "change_requested", "change_proposed", "done", "no_show")
    assert shown == {f"TM-{state}@teate" for state in kept}


def test_the_feed_names_nobody() -> None:
    content = FILES.feed([CONFIRMED], Language.EN)
    event = event_of(content)
    assert event["summary"] == "massage-60 (TM-0001)"
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"}
    for personal in (b"Ann", b"8190", b"shoulder"):
        assert personal not in content


def test_the_feed_says_its_name_and_how_often_to_look() -> None:
    calendar, _ = read(FILES.feed([CONFIRMED], Language.JA))
    assert calendar["x-wr-calname"] == "Teate 予約"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n" in calendar.to_ical()
    assert calendar["x-wr-timezone"] == "Asia/Tokyo"


def test_an_empty_feed_is_a_calendar_too() -> None:
    calendar, events = read(FILES.feed([], Language.EN))
    assert not events and calendar["x-wr-calname"] == "Teate: appointments"


@pytest.mark.parametrize(
    ("request_", "method"), [(CONFIRMED, "PUBLISH"), (CANCELLED, "CANCEL")], ids=["confirmed", "cancelled"]
)
def test_the_file_for_the_clinics_mail_follows_the_request(request_: Request, method: str) -> None:
    content = FILES.for_clinic(request_, Language.EN)
    assert content is not None
    calendar, (event,) = read(content)
    assert (calendar["method"], event["summary"]) == (method, "massage-60 (TM-0001)")
    assert b"Ann" not in content


def test_an_appointment_over_midnight_ends_on_the_next_day() -> None:
    late = Slot(datetime(2026, 11, 24, 23, 30, tzinfo=TOKYO), datetime(2026, 11, 25, 0, 30, tzinfo=TOKYO), 0)
    event = event_of(FILES.appointment(replace(CONFIRMED, appointment=late), Language.EN))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
