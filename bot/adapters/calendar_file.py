"""Calendar files (RFC 5545): a client's appointment, its cancellation, and the clinic's feed.

METHOD:PUBLISH and neither ORGANIZER nor ATTENDEE: these files are opened by hand. With REQUEST Outlook asks
whether to accept, and mails a reply that nobody reads; with somebody else as the organizer Google's API
refuses the import. A calendar knows the appointment again by its UID and takes the highest SEQUENCE.

No alarm: the bot reminds a client itself, and a second reminder would be one too many.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from icalendar import Calendar, Event

from bot.domain import hours
from bot.domain.clinic import Clinic
from bot.domain.language import Language, Localised
from bot.domain.lifecycle import WITH_SLOT, State
from bot.domain.requests import Request
from bot.services.notice import treatment_of
from bot.services.ports import Texts

MIME: Final = "text/calendar"
PRODUCT: Final = "-//Teate//Appointments//EN"
REFRESH: Final = timedelta(minutes=15)
"""How often a calendar app is asked to look at the feed; most of them do it less often."""

_ABOUT_A_YEAR: Final = timedelta(days=366)


class CalendarFiles:
    """The same request makes the same bytes: a file that is sent twice is one file."""

    def __init__(
        self, clinic: Clinic, texts: Texts, address: Localised | None = None, map_url: str | None = None
    ) -> None:
        self._clinic = clinic
        self._texts = texts
        self._address = address
        self._map_url = map_url

    def appointment(self, request: Request, language: Language) -> bytes:
        """For the client, after the confirmation and after every change. Raises ValueError without one."""
        event = self._event(request, self._summary(request, language))
        event.add("status", "CONFIRMED")
        event.add("location", self._location(language))
        event.add("description", self._description(request, language))
        return self._file("PUBLISH", [event])

    def cancelled(self, request: Request, language: Language) -> bytes:
        """For the client: takes the appointment out, or strikes it through where a calendar only updates."""
        summary = self._summary(request, language)
        event = self._event(request, self._texts("calendar.cancelled", language, summary=summary))
        self._strike(event)
        event.add("description", self._texts("calendar.reference", language, reference=request.reference))
        return self._file("CANCEL", [event])

    def for_clinic(self, request: Request, language: Language) -> bytes | None:
        """For the clinic's mail: what its calendar has to learn of a request; None where that is nothing."""
        if request.appointment is None or request.state is State.NO_SHOW:
            return None
        event = self._clinic_event(request, language)
        if request.state in WITH_SLOT:
            return self._file("PUBLISH", [event])
        self._strike(event)
        return self._file("CANCEL", [event])

    def feed(self, requests: Iterable[Request], language: Language) -> bytes:
        """For the clinic's calendar app: what is confirmed, by treatment and reference, of nobody by name."""
        held = [each for each in requests if each.appointment and each.state in WITH_SLOT]
        calendar = self._calendar("PUBLISH", [self._clinic_event(each, language) for each in held])
        name = self._texts("calendar.name", language, clinic=self._clinic.name[language])
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", self._clinic.zone.key)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT15M")
        return bytes(calendar.to_ical())

    def _event(self, request: Request, summary: str) -> Event:
        slot = request.appointment
        if slot is None:
            raise ValueError(f"{request.reference} has no appointment")
        event = Event()
        event.add("uid", f"{request.reference}@teate")
        event.add("sequence", request.version)
        event.add("dtstamp", request.last.at if request.last else request.created_at)
        event.add("dtstart", hours.local(self._clinic, slot.start))
        event.add("dtend", hours.local(self._clinic, slot.end))
        event.add("summary", summary)
        return event

    def _clinic_event(self, request: Request, language: Language) -> Event:
        name = self._treatment(request, language)
        told = self._texts("calendar.clinic_summary", language, treatment=name, reference=request.reference)
        event = self._event(request, told)
        event.add("status", "CONFIRMED")
        return event

    @staticmethod
    def _strike(event: Event) -> None:
        event.pop("status", None)
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")

    def _treatment(self, request: Request, language: Language) -> str:
        return treatment_of(request, self._clinic, language) or self._texts("calendar.appointment", language)

    def _summary(self, request: Request, language: Language) -> str:
        clinic = self._clinic.name[language]
        treatment = self._treatment(request, language)
        return self._texts("calendar.summary", language, treatment=treatment, clinic=clinic)

    def _location(self, language: Language) -> str:
        return " ".join((self._address or self._clinic.name)[language].split())

    def _description(self, request: Request, language: Language) -> str:
        texts, clinic = self._texts, self._clinic
        lines = [texts("calendar.reference", language, reference=request.reference)]
        if request.appointment:
            until = texts.when(hours.cut_off(clinic, request.appointment.start), language)
            lines.append(texts("calendar.change", language, until=until))
        if clinic.phone:
            lines.append(texts("calendar.call", language, phone=clinic.phone))
        if self._map_url:
            lines.append(texts("calendar.map", language, map=self._map_url))
        return "\n".join(lines)

    def _file(self, method: str, events: list[Event]) -> bytes:
        return bytes(self._calendar(method, events).to_ical())

    def _calendar(self, method: str, events: list[Event]) -> Calendar:
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", PRODUCT)
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", method)
        for each in events:
            calendar.add_component(each)
        if events:
            # A zone with summer time lists every change of it: only those around the events are needed.
            starts = [each.start for each in events]
            first, last = min(starts) - _ABOUT_A_YEAR, max(starts) + _ABOUT_A_YEAR
            calendar.add_missing_timezones(_day(first), _day(last))
        return calendar


def _day(moment: date) -> date:
    """The day alone, of a day or of a time of day."""
    return date(moment.year, moment.month, moment.day)
