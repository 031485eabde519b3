"""From the days that are mentioned to the days that fit."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from bot.answers.when.dates import REACH_DAYS, after, span
from bot.answers.when.joining import joined
from bot.answers.when.mentions import Bound, Joints, Kind, Mention
from bot.answers.when.wish import Circumstances

_Bounded: TypeAlias = tuple[Mention, Bound | None]
_CLOCK = re.compile(r"の?\d+時(?:半|\d+分)?|(?: ?\b(?:at|@))? ?\d[\d:.]*(?: ?(?:am|pm|o'clock))?")
"""A time between two days, which joins them no less."""
_MONTH = 28
"""Days of the shortest month, which gives way to a day of it."""


def fitting_days(
    text: str, mentions: Iterable[Mention], joints: Joints, given: Circumstances
) -> tuple[tuple[date, ...], bool]:
    """The days that fit, in order and none before today, and whether only past ones were said."""
    ordered = sorted(mentions, key=lambda each: each.at)
    merged = joined(text, ordered, joints, given)
    bounded = [*zip(merged, _bounds(text, merged, joints), strict=True)]
    pairs = [(m, b) for m, b in bounded if b is not Bound.DROPPED]
    if not pairs and joints.meanwhile.search(text):
        pairs = [(m, None) for m, _ in bounded]
    if any(m.kind not in (Kind.FAINT, Kind.PAST) for m, _ in pairs):
        pairs = [(m, b) for m, b in pairs if m.kind not in (Kind.FAINT, Kind.PAST)]
    return _combined(_resolved(text, _without_yielding(text, pairs, joints), joints, given), given)


def _without_yielding(text: str, pairs: Sequence[_Bounded], joints: Joints) -> Sequence[_Bounded]:
    """ "8 January, to get over the New Year madness": a date beats a feast or a habit spoken of beside it."""
    dated = [m for m, b in pairs if b is None and m.kind is Kind.DAY and re.search(r"\d", text[m.at : m.end])]

    def joins(one: Mention, other: Mention) -> bool:
        first, last = sorted((one, other), key=lambda each: each.at)
        return joints.listed.fullmatch(_CLOCK.sub("", text[first.end : last.at])) is not None

    def gives_way(mention: Mention) -> bool:
        others = [each for each in dated if each is not mention]
        month = len(mention.days) >= _MONTH and any(set(each.days) <= set(mention.days) for each in others)
        return (mention.yields or month) and bool(others) and not any(joins(mention, each) for each in others)

    return [(m, b) for m, b in pairs if b is not None or not gives_way(m)]


def _bounds(text: str, mentions: Sequence[Mention], joints: Joints) -> list[Bound | None]:
    bounds: list[Bound | None] = []
    for each in mentions:
        ahead, behind = text[: each.at], text[each.end :]
        bound = next((b for b, words in joints.before.items() if words.search(ahead)), None)
        if each.ranged and bound is not Bound.NOT and bound is not Bound.DROPPED:
            bound = None
        bound = bound or next((b for b, words in joints.after.items() if words.match(behind)), None)
        bounds.append(None if each.stands and bound is Bound.NOT else bound)
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
        # "The 6th of January; I am away until the 5th": an open end cuts nothing off.
        wanted = {day for day in wanted if low <= day and (last is None or day <= last)} or set(
            span(low, high)
        )
        said = True
    elif unwanted and not wanted:
        # "木曜以外": any weekday denied is denied in every week that is looked at.
        wanted = set(span(today, today + timedelta(days=6)))
    days = tuple(sorted(day for day in wanted - unwanted if day >= today))
    return days, said and not days
