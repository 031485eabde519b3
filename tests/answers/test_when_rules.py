"""Rules that hold for any text, any now, and any date that is written out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.when import read_wish
from bot.domain.language import Language

_TOKYO = ZoneInfo("Asia/Tokyo")
_NOW = datetime(2026, 11, 20, 12, tzinfo=_TOKYO)
_nows = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(_TOKYO))  # noqa: DTZ001
_languages = st.sampled_from(Language)
_WORDS = (
    "next this tuesday mon week month after before until by from to - 5 5th 12/5 2/30 99 31 0 24:00 6:75 pm"
    " am not but except or and tomorrow yesterday weekend noon half past quarter in two weeks days dec march"
    " 31st since 来週 再来週 今月 の 火曜 月水金 土日 平日 祝日 以外 以降 まで から 前 5日 31日 2月30日 12月"
    " 99日後 6時 半 25時 午後 夜 〜 は無理 に変更 move change instead my appointment -> day after following"
    " cancel so can same time 翌週 その前日 翌日 の予約を → 別の日 キャンセル なので 同じ時間 12月の"
)
_words = st.lists(st.sampled_from(_WORDS.split(" ")), max_size=9)
_texts = st.one_of(st.text(max_size=60), _words.map(" ".join), _words.map("".join))
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SIGNS = "〇一二三四五六七八九"


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 4 <= day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{_SIGNS[tens] if tens > 1 else ''}{'十' if tens else ''}{_SIGNS[ones] if ones else ''}"


def _written(day: date) -> list[tuple[Language, str]]:
    month, weekday = _MONTHS[day.month - 1], f"{day:%A}"
    kanji_day = f"{_kanji(day.month)}月{_kanji(day.day)}日"
    return [
        (Language.EN, day.isoformat()),
        (Language.EN, f"{day.day} {month} {day.year}"),
        (Language.EN, f"{month[:3]} {day.day}"),
        (Language.EN, f"on {month} {_ordinal(day.day)}, please"),
        (Language.EN, f"the {_ordinal(day.day)} of {month}"),
        (Language.EN, f"{weekday} {day.day} {month[:3].lower()}"),
        (Language.EN, f"{day.month}/{day.day}"),
        (Language.JA, f"{day.month}月{day.day}日"),
        (Language.JA, f"{day.year}年{day.month}月{day.day}日でお願いします"),
        (Language.JA, f"{day.month}/{day.day}({'月火水木金土日'[day.weekday()]})"),
        (Language.JA, f"{day.year}/{day.month:02}/{day.day:02}"),
        (Language.JA, f"{day.month}月{day.day}日{'月火水木金土日'[day.weekday()]}曜日".translate(_WIDE)),
        (Language.JA, kanji_day),
    ]


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _clocked(at: time) -> list[tuple[Language, str]]:
    hour, half, kanji_half = (
        at.hour % 12 or 12,
        "pm" if at.hour >= 12 else "am",
        "午後" if at.hour >= 12 else "午前",
    )
    return [
        (Language.EN, f"{at:%H:%M}"),
        (Language.EN, f"at {hour}:{at.minute:02} {half}"),
        (Language.EN, f"at {hour}.{at.minute:02}{half[0]}.m."),
        (Language.JA, f"{at:%H:%M}"),
        (Language.JA, f"{at.hour}時{at.minute}分"),
        (Language.JA, f"{kanji_half}{hour}時{at.minute}分".translate(_WIDE)),
    ]


@given(_texts, _languages, _nows)
def test_any_text_is_read_and_no_day_before_today_comes_out(
    text: str, language: Language, now: datetime
) -> None:
    wish = read_wish(text, language, now)

    assert all(day >= now.date() for day in wish.days)
    assert list(wish.days) == sorted(set(wish.days))
    # Of days given one by one the first said is the first choice, also where another comes before it.
    said = [each.day for each in wish.choices] or wish.days
    assert wish.date == (said[0] if said else None)
    assert wish.start is None or wish.until is None or wish.start < wish.until
    assert not wish.exact or (wish.start is not None and wish.until is None)


@given(st.integers(0, 363))
def test_a_date_that_is_written_out_is_read_back(days: int) -> None:
    day = _NOW.date() + timedelta(days=days)

    for language, text in _written(day):
        assert read_wish(text, language, _NOW).days == (day,), text


@given(st.times(time(9), time(20, 59)).map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_that_is_written_out_is_read_back(at: time) -> None:
    for language, text in _clocked(at):
        wish = read_wish(text, language, _NOW)

        assert (wish.start, wish.until, wish.exact, wish.date) == (at, None, True, None), text


@pytest.mark.parametrize("language", Language)
def test_a_long_letter_is_read_in_bounded_time(language: Language) -> None:
    read_wish("next tuesday or 来週の火曜、" * 5_000, language, _NOW)
    read_wish("1" * 50_000 + " to " * 20_000, language, _NOW)
