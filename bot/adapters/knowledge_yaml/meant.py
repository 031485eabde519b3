"""What somebody probably meant who wrote a number, a day or a time otherwise than YAML files want it.

Only what can be read in one way: of 03.04.2026 nobody knows which is the month.
"""

import re
from datetime import date
from unicodedata import normalize

DASHES = "[-‐‑‒–—―−~〜ー]"
MERIDIEM = re.compile(r"(午前|午後)?(\d{1,2})(?:[:.時](\d{2})?分?)?(am|pm)?")


def number_meant(text: str) -> str | None:
    """`4,000 yen` -> `4000`; None where there is not exactly one whole number."""
    plain = re.sub(r"(?<=\d)[,、 ](?=\d{3}(?!\d))", "", normalize("NFKC", text))
    numbers = re.findall(r"\d+(?:\.\d+)?", plain)
    return numbers[0] if len(numbers) == 1 and numbers[0].isdecimal() else None


def day_meant(text: str) -> str | None:
    """`29.12.2026`, `2026/12/29` or `2026年12月29日` -> `2026-12-29`."""
    plain = normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", plain)
    if found:
        year, month, day = (int(each) for each in found.groups() if each is not None)
        return _day(year, month, day)
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", plain)
    if found is None:
        return None
    first, second, year = (int(each) for each in found.groups())
    readings = {_day(year, second, first), _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def spans_meant(text: str) -> list[str]:
    """`10am-1pm, 14:00～19:00` -> `10:00-13:00`, `14:00-19:00`; empty where one of them is unclear."""
    plain = normalize("NFKC", text).lower()
    spans = [_span(each) for each in re.split(r"[,、/;]|と|\band\b", plain)]
    return [each for each in spans if each] if all(spans) else []


def _span(text: str) -> str | None:
    ends = re.split(rf"{DASHES}|から|\bto\b", text.replace("まで", ""))
    if len(ends) != 2:
        return None
    start, end = (_time(each.replace(" ", "")) for each in ends)
    return f"{start}-{end}" if start and end and start < end else None


def _time(text: str) -> str | None:
    found = MERIDIEM.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[2]), int(found[3] or 0)
    half = found[4] or {"午前": "am", "午後": "pm"}.get(found[1])
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if (hour < 24 and minute < 60) or (hour, minute) == (24, 0) else None
