"""What the words of a message say about day and time, as two tables and the rules around them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from holidays import country_holidays

from bot.answers.normalise import language_of
from bot.answers.when import Choice, Wish, read_wish
from bot.domain.language import Language

_TOKYO = ZoneInfo("Asia/Tokyo")
_NOON_ON_FRIDAY = datetime(2026, 11, 20, 12, tzinfo=_TOKYO)
_HOLIDAYS = country_holidays("JP")


def _is_holiday(day: date) -> bool:
    return day in _HOLIDAYS


def _read(text: str, language: Language = Language.EN, now: datetime = _NOON_ON_FRIDAY) -> Wish:
    return read_wish(text, language, now, is_holiday=_is_holiday)


def _cases(language: Language) -> list[dict[str, str | list[str]]]:
    path = Path(__file__).with_name(f"when_cases_{language}.yaml")
    cases: list[dict[str, str | list[str]]] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return cases


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _days(case: dict[str, str | list[str]]) -> tuple[date, ...]:
    said = [each for key in ("date", "days") if key in case for each in _several(case[key])]
    days: list[date] = []
    for each in said:
        first, _, last = each.partition("..")
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        days += [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return tuple(days)


def _time(case: dict[str, str | list[str]], key: str) -> time | None:
    return time.fromisoformat(str(case[key])) if key in case else None


@pytest.mark.parametrize(
    ("language", "case"),
    [pytest.param(each, case, id=str(case["text"])) for each in Language for case in _cases(each)],
)
def test_a_message_is_read_as_the_table_says(language: Language, case: dict[str, str | list[str]]) -> None:
    days = _days(case)

    wish = _read(str(case["text"]), language)

    assert replace(wish, moves=False, choices=()) == Wish(
        days[0] if days else None,
        days,
        _time(case, "from"),
        _time(case, "until"),
        "exact" in case,
        "passed" in case,
    )


TUESDAY_3 = Choice(date(2026, 11, 24), time(15), None, exact=True)
THURSDAY_4 = Choice(date(2026, 11, 26), time(16), None, exact=True)


@pytest.mark.parametrize(
    "text",
    [
        "tuesday at 3pm or thursday at 4pm",
        "can I come Tuesday 3pm, otherwise Thursday 4pm?",
        "3pm on tuesday or 4pm on thursday",
        "tue 3pm / thu 4pm",
        "Tuesday at 3. Or Thursday at 4.",
        "tuesday at 3pm, if that doesn't work thursday at 4pm",
        "move my monday slot to tuesday at 3 or thursday at 4",
        "火曜の3時か木曜の4時",
        "来週の火曜3時、木曜4時でお願いします",
        "火曜の3時がだめなら木曜の4時",
        "第一希望火曜3時、第二希望木曜4時",
        "24日の15時または26日の16時",
    ],
)
def test_each_of_several_days_has_the_time_that_is_said_for_it(text: str) -> None:
    wish = _read(text, language_of(text) or Language.EN)

    assert wish.choices == (TUESDAY_3, THURSDAY_4)
    assert (wish.date, wish.start, wish.exact) == (TUESDAY_3.day, TUESDAY_3.start, True)


@pytest.mark.parametrize("text", ["thursday at 4 or tuesday at 3", "木曜の4時か火曜の3時"])
def test_the_day_that_is_said_first_comes_first(text: str) -> None:
    wish = _read(text, language_of(text) or Language.EN)

    assert wish.choices == (THURSDAY_4, TUESDAY_3)
    assert (wish.date, wish.start) == (THURSDAY_4.day, THURSDAY_4.start)
    assert wish.days == (TUESDAY_3.day, THURSDAY_4.day)


@pytest.mark.parametrize("text", ["tuesday or thursday at 4", "火曜か木曜の4時"])
def test_days_before_one_time_share_it(text: str) -> None:
    wish = _read(text, language_of(text) or Language.EN)

    assert wish.choices == (replace(TUESDAY_3, start=time(16)), THURSDAY_4)


def test_a_day_behind_the_time_of_another_has_none() -> None:
    assert _read("tuesday at 3 or thursday").choices == (
        TUESDAY_3,
        Choice(THURSDAY_4.day, None, None, exact=False),
    )


@pytest.mark.parametrize(
    "text", ["monday to thursday", "the weekend", "any day but thursday", "月曜から木曜", "土日", "火曜以外"]
)
def test_days_that_are_not_said_one_by_one_are_no_choices(text: str) -> None:
    assert _read(text, language_of(text) or Language.EN).choices == ()


@pytest.mark.parametrize("text", ["today at 10am or thursday at 4pm", "今日の10時か木曜の4時"])
def test_of_several_days_one_that_is_over_is_left_out(text: str) -> None:
    wish = _read(text, language_of(text) or Language.EN)

    assert (wish.days, wish.start, wish.passed, wish.choices) == ((THURSDAY_4.day,), time(16), False, ())


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("can we do Thursday instead of Tuesday", True),
        ("my booking: Monday 23rd -> Wednesday 25th", True),
        ("anything on Thursday?", False),
        ("please cancel my Friday 3pm", False),
        ("リスケお願いします。再来週の水曜18時希望", True),
        ("5時までに終わるように早めてもらえますか", True),
        ("金曜の3時に予約したいです", False),
    ],
)
def test_words_tell_that_an_appointment_is_moved(text: str, *, moves: bool) -> None:
    assert _read(text, language_of(text) or Language.EN).moves is moves


@pytest.mark.parametrize("language", Language)
def test_each_language_has_two_hundred_phrases(language: Language) -> None:
    assert len(_cases(language)) >= 200


@pytest.mark.parametrize(
    ("now", "text", "language", "day"),
    [
        ("2026-11-22T10:00", "tomorrow", Language.EN, "2026-11-23"),
        ("2026-11-22T10:00", "next Monday", Language.EN, "2026-11-23"),  # said on a Sunday
        ("2026-11-23T10:00", "next Monday", Language.EN, "2026-11-30"),
        ("2026-11-23T10:00", "next Wednesday", Language.EN, "2026-12-02"),
        ("2026-11-23T10:00", "来週の水曜", Language.JA, "2026-12-02"),
        ("2026-11-23T10:00", "this Monday", Language.EN, "2026-11-23"),
        ("2026-11-23T10:00", "今週の水曜", Language.JA, "2026-11-25"),
        ("2026-11-21T10:00", "this weekend", Language.EN, "2026-11-21"),
        ("2026-11-22T10:00", "土日", Language.JA, "2026-11-22"),
        ("2026-12-30T10:00", "明後日", Language.JA, "2027-01-01"),
        ("2026-12-30T10:00", "the 5th", Language.EN, "2027-01-05"),
        ("2026-12-30T10:00", "来月の3日", Language.JA, "2027-01-03"),
        ("2027-01-31T10:00", "in a month", Language.EN, "2027-02-28"),
        ("2027-01-31T10:00", "月末", Language.JA, "2027-01-31"),
        ("2027-02-20T10:00", "31日", Language.JA, "2027-03-31"),
        ("2027-02-20T10:00", "29 February", Language.EN, "2028-02-29"),
    ],
)
def test_the_calendar_is_counted_from_today(now: str, text: str, language: Language, day: str) -> None:
    wish = _read(text, language, datetime.fromisoformat(now).replace(tzinfo=_TOKYO))

    assert wish.date == date.fromisoformat(day)


def test_today_is_the_day_in_the_zone_of_now() -> None:
    late_in_london = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("Europe/London"))

    assert _read("tomorrow", now=late_in_london).date == date(2026, 11, 21)
    assert _read("tomorrow", now=late_in_london.astimezone(_TOKYO)).date == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("opening", "text", "start"),
    [
        ((time(9), time(21)), "at 8", time(20)),
        ((time(7), time(19)), "at 8", time(8)),
        ((time(10), time(19)), "at 9", time(9)),
        ((time(13), time(22)), "at 9", time(21)),
        ((time(9), time(21)), "at 12", time(12)),
        ((time(7), time(19)), "at 6:30", time(18, 30)),
        ((time(9), time(21)), "at 08:30", time(8, 30)),
    ],
)
def test_a_bare_hour_falls_into_the_opening_hours(opening: tuple[time, time], text: str, start: time) -> None:
    assert read_wish(text, Language.EN, _NOON_ON_FRIDAY, opening=opening).start == start


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("60 min massage", Language.EN),
        ("a massage for 2 people", Language.EN),
        ("I'm 45", Language.EN),
        ("call me on 090-1234-5678", Language.EN),
        ("is it 7000 yen or 7,000?", Language.EN),
        ("3 times a week", Language.EN),
        ("it has hurt for 2 years", Language.EN),
        ("I sat down in the sun and may march on", Language.EN),
        ("open 24/7?", Language.EN),
        ("who is the one in charge, the first one or the second one?", Language.EN),
        ("90分コース", Language.JA),
        ("2人で行きます", Language.JA),
        ("45歳です", Language.JA),
        ("電話は090-1234-5678です", Language.JA),
        ("7000円ですか", Language.JA),
        ("週3回、1日30分歩きます", Language.JA),
        ("2年間ずっと肩こりです", Language.JA),
        ("一人でも大丈夫ですか", Language.JA),
        ("十分わかりました", Language.JA),
        ("京都から通えますか", Language.JA),
    ],
)
def test_other_numbers_and_words_are_no_days_and_no_times(text: str, language: Language) -> None:
    assert _read(text, language) == Wish(None, (), None, None, False, False)
