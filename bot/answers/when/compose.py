"""From the days that are mentioned to the days that fit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.answers.when.dates import REACH_DAYS, after, day_of_month, span
from bot.answers.when.mentions import Bound, Joints, Kind, Mention
from bot.answers.when.wish import Circumstances


def fitting_days(
    text: str, mentions: Iterable[Mention], joints: Joints, given: Circumstances
) -> tuple[tuple[date, ...], bool]:
    """The days that fit, in order and none before today, and whether only past ones were said."""
    ordered = sorted(mentions, key=lambda each: each.at)
    merged = _same_days(text, _months(text, _ranges(text, ordered, joints), joints), joints, given)
    pairs = [
        (m, b) for m, b in zip(merged, _bounds(text, merged, joints), strict=True) if b is not Bound.DROPPED
    ]
    if any(m.kind not in (Kind.FAINT, Kind.PAST) for m, _ in pairs):
        pairs = [(m, b) for m, b in pairs if m.kind not in (Kind.FAINT, Kind.PAST)]
    return _combined(_resolved(text, pairs, joints, given), given)


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
                    continue
        found.append(each)
    return found


def _months(text: str, mentions: Sequence[Mention], joints: Joints) -> list[Mention]:
    """Days of the month take the month that is said beside them: "the 3rd or 4th of December"."""
    found: list[Mention] = []
    for each in mentions:
        last = found[-1] if found else None
        gap = text[last.end : each.at] if last else ""
        if last is None or not last.days or each.kind is not Kind.DAY:
            found.append(each)
        elif each.number and last.kind is Kind.SPAN and len(last.days) > 7 and joints.inside.fullmatch(gap):
            day = next((day for day in last.days if day.day == each.number), each.days[0])
            found[-1] = replace(each, at=last.at, days=(day,), number=None)
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


def _bounds(text: str, mentions: Sequence[Mention], joints: Joints) -> list[Bound | None]:
    bounds: list[Bound | None] = []
    for each in mentions:
        ahead, behind = text[: each.at], text[each.end :]
        bound = next((b for b, words in joints.before.items() if words.search(ahead)), None)
        if each.ranged and bound is not Bound.NOT and bound is not Bound.DROPPED:
            bound = None
        bounds.append(bound or next((b for b, words in joints.after.items() if words.match(behind)), None))
    order = range(1, len(mentions)) if joints.denies_forward else range(len(mentions) - 1, 0, -1)
    for index in order:
        here, there = (index - 1, index) if joints.denies_forward else (index, index - 1)
        gap = text[mentions[index - 1].end : mentions[index].at]
        if Kind.SPAN in (kinds := (mentions[here].kind, mentions[there].kind)) and kinds[0] is not kinds[1]:
            continue  # 来週の木曜以外 denies the day, not the week
        # "can't do Thursday, Friday?" denies the first only, "not Thursday, Friday or Monday" all.
        more = index + 1 < len(mentions) and text[mentions[index].end : mentions[index + 1].at]
        alone = gap.strip() == "," and not (more and joints.listed.fullmatch(more))
        if bounds[here] is Bound.NOT and bounds[there] is None and joints.listed.fullmatch(gap) and not alone:
            bounds[there] = Bound.NOT
    if joints.denies_forward:  # "Monday and Tuesday don't work": the denial may stand after both, too
        for index in range(len(mentions) - 1, 0, -1):
            gap = text[mentions[index - 1].end : mentions[index].at]
            behind = text[mentions[index].end :]
            denied = Bound.NOT in joints.after and joints.after[Bound.NOT].match(behind)
            if denied and bounds[index - 1] is None and joints.listed.fullmatch(gap):
                bounds[index - 1] = Bound.NOT
    return bounds


def _resolved(
    text: str, pairs: Sequence[tuple[Mention, Bound | None]], joints: Joints, given: Circumstances
) -> list[tuple[tuple[date, ...], Bound | None, Kind]]:
    """Each mention as days. A week or month that weekdays are picked from gives no days of its own."""
    owners = _owners(text, pairs, joints)
    used = {owner for index, several in owners.items() if pairs[index][1] is None for owner in several}
    found: list[tuple[tuple[date, ...], Bound | None, Kind]] = []
    for index, (mention, bound) in enumerate(pairs):
        if mention.kind is Kind.WEEKDAYS:
            inside: tuple[date, ...] | None = None
            if index in owners:
                inside = tuple(day for owner in owners[index] for day in pairs[owner][0].days)
            if inside is None and bound is Bound.NOT:  # any such day, not the next one only
                inside = span(given.today, given.today + timedelta(days=60))
            days = _weekdays(mention, inside, given)
            found.append((days, bound, mention.kind))
        elif index not in used:
            found.append((mention.days, bound, mention.kind))
    return found


def _owners(
    text: str, pairs: Sequence[tuple[Mention, Bound | None]], joints: Joints
) -> dict[int, tuple[int, ...]]:
    """Which weekday belongs to which week or month."""
    owners: dict[int, tuple[int, ...]] = {}
    spans = [i for i, (m, b) in enumerate(pairs) if m.kind is Kind.SPAN and b is not Bound.NOT]
    for index, (mention, _) in enumerate(pairs):
        if mention.kind is not Kind.WEEKDAYS:
            continue
        earlier = [i for i in spans if i < index]
        later = [i for i in spans if i > index and not pairs[i][0].forward]
        following = later[0] if later else None
        if following is not None:
            gap = text[mention.end : pairs[following][0].at]
            between = all(pairs[i][0].kind is Kind.WEEKDAYS for i in range(index + 1, following))
            if joints.inside.fullmatch(gap) or (between and len(spans) == 1 and not earlier):
                owners[index] = (following,)
                continue
        if earlier:
            first = last = earlier[-1]
            while first - 1 in spans and joints.listed.fullmatch(
                text[pairs[first - 1][0].end : pairs[first][0].at]
            ):  # 今週か来週の火曜 is in either week
                first -= 1
            owners[index] = tuple(range(first, last + 1))
    return owners


def _weekdays(mention: Mention, inside: tuple[date, ...] | None, given: Circumstances) -> tuple[date, ...]:
    today = given.today
    if inside is not None:
        days = tuple(day for day in inside if day.weekday() in mention.weekdays)
    elif mention.run:
        first = after(today, mention.run[0])
        days = span(first, first + timedelta(days=(mention.run[1] - mention.run[0]) % 7))
    elif mention.named:
        days = tuple(sorted(after(today, weekday) for weekday in mention.weekdays))
    else:
        days = tuple(d for d in span(today, today + timedelta(days=6)) if d.weekday() in mention.weekdays)
    return tuple(d for d in days if not (mention.working and given.is_holiday(d)))


def _combined(
    resolved: Sequence[tuple[tuple[date, ...], Bound | None, Kind]], given: Circumstances
) -> tuple[tuple[date, ...], bool]:
    today = given.today
    wanted: set[date] = set()
    unwanted: set[date] = set()
    first, last = None, None
    said = False
    for days, bound, kind in resolved:
        if kind is Kind.PAST or not days:
            said = said or kind is Kind.PAST
        elif bound is Bound.NOT:
            unwanted.update(days)
        elif bound in (Bound.FROM, Bound.AFTER):
            first = days[0] if bound is Bound.FROM else days[-1] + timedelta(days=1)
        elif bound in (Bound.UNTIL, Bound.BEFORE):
            last = days[-1] if bound is Bound.UNTIL else days[0] - timedelta(days=1)
        else:
            said = True
            wanted.update(days)
    if first or last:
        low, high = first or today, last or (first or today) + timedelta(days=REACH_DAYS - 1)
        open_days = span(low, high)
        wanted = {day for day in wanted if low <= day <= high} or set(open_days)
        said = True
    elif unwanted and not wanted:
        # "木曜以外": any weekday denied is denied in every week that is looked at.
        wanted = set(span(today, today + timedelta(days=6)))
    days = tuple(sorted(day for day in wanted - unwanted if day >= today))
    return days, said and not days
