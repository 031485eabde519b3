"""What a client sees of reminders: consent, time, days, quiet hours, the reminder itself."""

from datetime import datetime, time

from bot.domain.language import Language
from bot.domain.reminders import SNOOZE, ReminderTimes
from bot.handlers.callbacks import Verb, pack
from bot.handlers.views.care_codes import days_code, time_code
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

HOURS_IN_A_ROW = 4
QUARTERS = (0, 15, 30, 45)
QUIET_FROM = (time(20), time(21), time(22), time(23))
QUIET_UNTIL = (time(6), time(7), time(8), time(9))
WEEK = range(7)
MESSAGES = 3
"""How many ways of reminding the catalogue has."""


class ReminderViews:
    """Every method gives a whole message."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def consent(self, lang: Language, at: time | None = None) -> Screen:
        """`at`: the time that the client named, which a yes sets."""
        buttons = self._row(
            lang,
            ("reminders.button.yes", pack(Verb.REMINDER_CONSENT, 1)),
            ("reminders.button.no", pack(Verb.REMINDER_CONSENT, 0)),
        )
        if at is not None:
            yes = self._texts("reminders.button.yes_at", lang, time=_clock(at))
            buttons = (Button(yes, pack(Verb.REMINDER_CONSENT, 1, time_code(at))), *buttons[1:])
        return Screen(self._texts.html("reminders.consent", lang), (buttons,))

    def refused(self, lang: Language) -> Screen:
        return Screen(self._texts.html("reminders.consent.refused", lang))

    def settings(self, times: ReminderTimes, following: datetime | None, lang: Language) -> Screen:
        """When reminders come; `following` is the next one, None where no day is chosen."""
        rows = (
            self._row(
                lang,
                ("reminders.button.time", pack(Verb.REMINDER_TIME)),
                ("reminders.button.days", pack(Verb.REMINDER_DAYS)),
            ),
            self._row(lang, ("reminders.button.quiet", pack(Verb.REMINDER_QUIET))),
            self._row(lang, ("reminders.button.stop", pack(Verb.REMINDER_STOP))),
        )
        if following is None:
            return Screen(self._texts.html("reminders.settings.none", lang), rows)
        parts = [
            self._texts.html(
                "reminders.settings",
                lang,
                time=_clock(times.heard_at),
                days=self._days(times, lang),
                quiet_from=_clock(times.quiet_from),
                quiet_until=_clock(times.quiet_until),
                next=self._texts.when(following.astimezone(times.zone), lang),
            )
        ]
        if times.heard_at != times.at:
            parts.append(
                self._texts.html("reminders.moved", lang, time=_clock(times.at), heard=_clock(times.heard_at))
            )
        return Screen("\n\n".join(parts), rows)

    def ask_time(self, times: ReminderTimes, lang: Language) -> Screen:
        """Hours outside the quiet ones, then quarters of the chosen hour. Each tap is saved at once."""
        hours = [time(each) for each in range(24) if not times.is_quiet(time(each))]
        buttons = [self._time(each, chosen=each.hour == times.at.hour, lang=lang) for each in hours]
        rows = [tuple(buttons[at : at + HOURS_IN_A_ROW]) for at in range(0, len(buttons), HOURS_IN_A_ROW)]
        quarters = [times.at.replace(minute=each) for each in QUARTERS]
        rows.append(tuple(self._time(each, chosen=each == times.at, lang=lang) for each in quarters))
        rows.append(self._done(lang))
        return Screen(self._texts.html("reminders.ask_time", lang), tuple(rows))

    def ask_days(self, times: ReminderTimes, lang: Language) -> Screen:
        """Each button carries all days as they would be after the tap, so that a repeated tap is harmless."""
        buttons = [
            Button(
                self._ticked(
                    self._texts(f"reminders.day.{each}", lang), chosen=each in times.weekdays, lang=lang
                ),
                pack(Verb.REMINDER_DAYS, days_code(times.weekdays ^ {each})),
            )
            for each in WEEK
        ]
        rows = (tuple(buttons[:4]), tuple(buttons[4:]), self._done(lang))
        return Screen(self._texts.html("reminders.ask_days", lang), rows)

    def ask_quiet(self, times: ReminderTimes, lang: Language) -> Screen:
        begin = tuple(
            self._quiet(each, times.quiet_until, chosen=each == times.quiet_from, shown=each, lang=lang)
            for each in QUIET_FROM
        )
        end = tuple(
            self._quiet(times.quiet_from, each, chosen=each == times.quiet_until, shown=each, lang=lang)
            for each in QUIET_UNTIL
        )
        return Screen(self._texts.html("reminders.ask_quiet", lang), (begin, end, self._done(lang)))

    def reminder(self, turn: int, lang: Language) -> Screen:
        """The reminder; `turn` counts them, so that the words change."""
        rows = (
            self._row(
                lang,
                ("mood.button.care", pack(Verb.SELF_CARE, "")),
                ("care.button.check_in", pack(Verb.CHECK_IN)),
            ),
            self._row(
                lang,
                (
                    "reminders.button.snooze",
                    pack(Verb.REMINDER_SNOOZE, int(SNOOZE.total_seconds()) // 60),
                ),
                ("reminders.button.stop", pack(Verb.REMINDER_STOP)),
            ),
        )
        return Screen(self._texts.html(f"reminders.message.{turn % MESSAGES}", lang), rows)

    def snoozed(self, until: datetime, times: ReminderTimes, lang: Language) -> Screen:
        when = self._texts.when(until.astimezone(times.zone), lang)
        stop = ("reminders.button.stop", pack(Verb.REMINDER_STOP))
        return Screen(self._texts.html("reminders.snoozed", lang, when=when), (self._row(lang, stop),))

    def stopped(self, lang: Language) -> Screen:
        return Screen(self._texts.html("reminders.stopped", lang))

    def _days(self, times: ReminderTimes, lang: Language) -> str:
        if times.weekdays == frozenset(WEEK):
            return self._texts("reminders.every_day", lang)
        names = (self._texts(f"reminders.day.{each}", lang) for each in sorted(times.weekdays))
        return self._texts("reminders.join", lang).join(names)

    def _time(self, at: time, *, chosen: bool, lang: Language) -> Button:
        return Button(
            self._ticked(_clock(at), chosen=chosen, lang=lang), pack(Verb.REMINDER_TIME, time_code(at))
        )

    def _quiet(self, begin: time, end: time, *, chosen: bool, shown: time, lang: Language) -> Button:
        data = pack(Verb.REMINDER_QUIET, time_code(begin), time_code(end))
        return Button(self._ticked(_clock(shown), chosen=chosen, lang=lang), data)

    def _ticked(self, name: str, *, chosen: bool, lang: Language) -> str:
        return self._texts("care.chosen", lang, name=name) if chosen else name

    def _done(self, lang: Language) -> tuple[Button, ...]:
        return self._row(lang, ("reminders.button.done", pack(Verb.REMINDERS)))

    def _row(self, lang: Language, *buttons: tuple[str, str]) -> tuple[Button, ...]:
        return tuple(Button(self._texts(key, lang), data) for key, data in buttons)


def _clock(at: time) -> str:
    """21:30"""
    return f"{at:%H:%M}"
