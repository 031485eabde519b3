"""Mentions that make one: a range, a weekday and its date, a day and its month."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.when.dates import after, day_of_month, span
from bot.answers.when.mentions import Joints, Kind, Mention
from bot.answers.when.wish import Circumstances


def joined(text: str, ordered: Sequence[Mention], joints: Joints, given: Circumstances) -> list[Mention]:
    """The mentions, in order, with those made one that belong together."""
    months = _months(text, _ranges(text, ordered, joints), joints, given.today)
    return _same_days(text, months, joints, given)


def _ranges(text: str, mentions: Sequence[Mention], joints: Joints) -> list[Mention]:
    """ "Monday to Wednesday" as one mention."""
    found: list[Mention] = []
    for each in mentions:
        last = found[-1] if found else None
        if last and (
            joints.through.fullmatch(text[last.end : each.at])
            or joints.between.fullmatch(f"{text[max(0, last.at - 12) : last.at]}|{text[last.end : each.at]}")
        ):
            joined = _through(last, each)
            if joined:
                found[-1] = joined
                continue
        found.append(each)
    return found


def _through(first: Mention, last: Mention) -> Mention | None:
    if first.kind is Kind.WEEKDAYS and last.kind is Kind.WEEKDAYS:
        if len(first.weekdays) != 1 or len(last.weekdays) != 1:
            return None
        (a,), (b,) = first.weekdays, last.weekdays
        days = frozenset((a + n) % 7 for n in range((b - a) % 7 + 1))
        return replace(first, end=last.end, weekdays=days, run=(a, b), ranged=True)
    if first.kind is not Kind.DAY or not first.days:
        return None
    start = first.days[0]
    if last.kind is Kind.WEEKDAYS and len(last.weekdays) == 1:
        end = after(start, min(last.weekdays))
    elif last.number is not None:
        end = day_of_month(start, last.number) or start
    elif last.kind is Kind.DAY and last.days:
        end = last.days[-1]
    else:
        return None
    return (
        replace(first, end=last.end, days=span(start, end), number=None, ranged=True)
        if start <= end
        else None
    )


def _same_days(text: str, mentions: Sequence[Mention], joints: Joints, given: Circumstances) -> list[Mention]:
    """ "Saturday the 5th" as one day: the date wins, and a date without month follows its weekday."""
    found: list[Mention] = []
    for each in mentions:
        last = found[-1] if found else None
        if last and {last.kind, each.kind} == {Kind.DAY, Kind.WEEKDAYS}:
            day, weekdays = (each, last) if each.kind is Kind.DAY else (last, each)
            gap = text[last.end : each.at]
            if weekdays.named and len(weekdays.weekdays) == 1 and len(day.days) == 1:
                fits = day.days[0].weekday() in weekdays.weekdays
                if joints.same.fullmatch(gap) and (
                    fits or not set(gap) & {",", "、"} or re.search(r"\d", text[day.at : day.end])
                ):
                    if day.number is not None and not fits:
                        other = day_of_month(given.today, day.number, min(weekdays.weekdays))
                        day = replace(day, days=(other,) if other else day.days)
                    found[-1] = replace(day, at=last.at, end=each.end, number=None)
                    if len(found) > 1 and _of_week(text, found[-2], found[-1], joints):
                        found[-2:] = [replace(found[-1], at=found[-2].at)]
                    continue
        found.append(each)
    return found


def _of_week(text: str, week: Mention, day: Mention, joints: Joints) -> bool:
    """ "Next week Wednesday the 25th": the week is that of the day."""
    inside = week.kind is Kind.SPAN and set(day.days) <= set(week.days)
    return inside and joints.inside.fullmatch(text[week.end : day.at]) is not None


def _months(text: str, mentions: Sequence[Mention], joints: Joints, today: date) -> list[Mention]:
    """Days of the month take the month that is said beside them: "the 3rd or 4th of December"."""
    found: list[Mention] = []
    for each in mentions:
        last = found[-1] if found else None
        gap = text[last.end : each.at] if last else ""
        if last and _dated_late(last, each) and joints.late.fullmatch(f"{gap}|{text[each.end :][:9]}"):
            day = _day_in(each, last.number) if last.number else None
            found[-1] = replace(last, days=(day or last.days[0],), number=None)
        elif last is None or not last.days or each.kind is not Kind.DAY:
            found.append(each)
        elif each.number and last.kind is Kind.SPAN and len(last.days) > 7 and joints.inside.fullmatch(gap):
            found[-1] = replace(
                each, at=last.at, days=(_day_in(last, each.number) or each.days[0],), number=None
            )
        elif _a_month(last) and each.days[0] in last.days and joints.inside.fullmatch(gap):
            found[-1] = replace(each, at=last.at)
        elif (
            each.number
            and _a_month(last)
            and not joints.apart.search(gap)
            and (day := _day_in(last, each.number))
            and day >= today
        ):
            found[-1] = replace(each, days=(day,), number=None)
        elif last.kind is Kind.DAY and each.number == last.days[0].day and joints.same.fullmatch(gap):
            found[-1] = replace(last, end=each.end)
        elif last.kind is Kind.DAY and joints.listed.fullmatch(gap):
            found.append(each)
            if each.number and not last.number:
                following = day_of_month(last.days[-1], each.number)
                found[-1] = replace(each, days=(following,) if following else each.days, number=None)
            elif last.number and not each.number and last.number < each.days[0].day:
                found[-2] = replace(last, days=(each.days[0].replace(day=last.number),), number=None)
        else:
            found.append(each)
    return found


def _dated_late(day: Mention, month: Mention) -> bool:
    """Whether the month can be that of the day: "the 24th at 5. In December"."""
    return _a_month(month) and day.kind is Kind.DAY and bool(day.number or day.days[0] in month.days)


def _a_month(mention: Mention) -> bool:
    return mention.kind is Kind.SPAN and len(mention.days) >= 28


def _day_in(month: Mention, number: int) -> date | None:
    return next((day for day in month.days if day.day == number), None)
