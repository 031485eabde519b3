"""Days that only tell of something else: what they are counted from, or why another is wished."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.answers.when import dates
from bot.answers.when.hours import Role, Said
from bot.answers.when.mentions import Counted, Joints, Kind, Mention
from bot.answers.when.points import Gaps, Point, clauses, days_of, inside, points, times_of
from bot.answers.when.wish import Circumstances

_THAT_REACH = 62
"""Days within which a date without a month may still be on the weekday said for it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a language tells of a day that is no wish."""

    ends: re.Pattern[str]
    """Where a clause ends."""
    tells: re.Pattern[str]
    """In a clause that tells of something."""
    wishes: re.Pattern[str]
    """In a clause that wishes or offers a time."""
    asks: re.Pattern[str]
    """In a clause that asks for a time; surer than `wishes`."""
    reasons: re.Pattern[str]
    """In a clause that tells, behind one that asks, why it asks."""
    happens: re.Pattern[str]
    """In a clause whose times are those of something else: "my train is at 18:12"."""
    thereafter: re.Pattern[str]
    """ "I serve until six. Anything after that?": begins with the end said before it."""
    needs_wish: bool
    """Whether another clause must wish; otherwise a day in it is enough."""
    counted_from: re.Pattern[str]
    """Between "the day before" and the day that it is counted from, where that follows."""
    gaps: Gaps


def counted(
    text: str,
    days: Iterable[Mention],
    said: list[Said],
    joints: Joints,
    telling: Telling,
    given: Circumstances,
    *,
    keep: bool,
) -> tuple[list[Mention], list[Said]]:
    """ "The wedding is on the 20th, so the day before": the day that is counted from is no wish itself.

    `keep` leaves it where it stands, for what looks at it next.
    """
    ordered = sorted(days, key=lambda each: each.at)
    bases: list[Mention] = []
    behind: list[Mention] = []
    for index, each in enumerate(ordered):
        if each.counted is None:
            continue
        place = _base(text, ordered, index, telling)
        base = None if place is None else _day(text, ordered, place, joints, given)
        if place is None or base is None:
            continue
        ordered[index] = _from(base, each, ordered[place].number, given)
        gap = text[ordered[place].end : each.at]
        if not keep and not (place < index and joints.listed.fullmatch(gap)):
            bases += [ordered[place], *_same(text, ordered, place, joints)]
            behind += [ordered[place]] if place > index else []
    rest = [each for each in ordered if each.days or each.weekdays or each.kind is Kind.PAST]
    if not bases:
        return rest, said
    lost = [
        time
        for point in points(text, rest, said, telling.gaps)
        if all(day in bases for day in point.days) and not any(day in behind for day in point.days)
        for time in point.said
        if point.days
    ]
    return [each for each in rest if each not in bases], [each for each in said if each not in lost]


def _base(text: str, ordered: Sequence[Mention], index: int, telling: Telling) -> int | None:
    """Where the day stands that this one is counted from."""
    here = ordered[index]
    following = index + 1
    ahead = ordered[following] if following < len(ordered) else None
    if ahead and _is_one(ahead) and telling.counted_from.fullmatch(text[here.end : ahead.at]):
        return following
    return next((place for place in range(index - 1, -1, -1) if _is_one(ordered[place])), None)


def _is_one(mention: Mention) -> bool:
    if mention.kind is Kind.WEEKDAYS:
        return len(mention.weekdays) == 1
    return mention.kind is Kind.DAY and bool(mention.days)


def _day(
    text: str, ordered: Sequence[Mention], place: int, joints: Joints, given: Circumstances
) -> date | None:
    here = ordered[place]
    if here.kind is Kind.DAY:
        return here.days[-1]
    (weekday,) = here.weekdays
    before = ordered[place - 1] if place else None
    if before and before.days and joints.same.fullmatch(text[before.end : here.at]):
        if before.kind is Kind.DAY:
            return before.days[-1]
        return next((day for day in before.days if day.weekday() == weekday), None)
    return dates.after(given.today, weekday)


def _same(text: str, ordered: Sequence[Mention], place: int, joints: Joints) -> list[Mention]:
    """The date or week that stands before a weekday and is the same day."""
    here, before = ordered[place], ordered[place - 1] if place else None
    beside = before is not None and joints.same.fullmatch(text[before.end : here.at])
    return [before] if before and beside and here.kind is Kind.WEEKDAYS else []


def _from(base: date, each: Mention, number: int | None, given: Circumstances) -> Mention:
    if each.counted is Counted.WEEK and each.weekdays:
        day = dates.week(base, each.count)[min(each.weekdays)]
        return replace(each, days=(day,), weekdays=frozenset(), counted=None)
    if each.counted is Counted.WEEK:
        return replace(each, kind=Kind.SPAN, days=dates.week(base, each.count), forward=True, counted=None)
    if each.counted in (Counted.WEEKDAY, Counted.THAT):
        day = dates.after(base, min(each.weekdays))
        if each.counted is Counted.THAT:
            day = _that(base, min(each.weekdays), number, given) or day
        return replace(each, kind=Kind.DAY, days=(day,), weekdays=frozenset(), counted=None)
    return replace(each, kind=Kind.DAY, days=(base + timedelta(days=each.count),), counted=None)


def _that(base: date, weekday: int, number: int | None, given: Circumstances) -> date | None:
    """The date itself, where it falls on that weekday in this month or one of the next."""
    if base.weekday() == weekday:
        return base
    day = dates.day_of_month(given.today, number, weekday) if number else None
    return day if day and day <= base + timedelta(days=_THAT_REACH) else None


def told(
    text: str, days: list[Mention], said: list[Said], telling: Telling
) -> tuple[list[Mention], list[Said]]:
    """Without the days of clauses that tell of something, where a later clause wishes another day."""
    if len(days) < 2:
        return days, said
    found = points(text, days, said, telling.gaps)
    events: list[Point] = []
    wishing: list[Point] = []
    for at, end in clauses(text, telling.ends):
        clause, here = text[at:end], [each for each in inside(found, at, end) if each.days]
        if here and telling.wishes.search(clause):
            wishing += here
        elif here and telling.tells.search(clause):
            events += here
        elif here and not telling.needs_wish:
            wishing += here
    gone = [each for each in events if any(_instead(each, other) for other in wishing if other.at >= each.at)]
    gone += [each for each, asked in reasons(text, found, telling) if any(_instead(each, o) for o in asked)]
    kept = [each for each in found if each not in gone]
    return (days_of(kept), times_of(kept)) if gone else (days, said)


def _instead(event: Point, other: Point) -> bool:
    """Whether a wished day stands by itself, and is not the one that is told of."""
    mentions = [each for each in event.days if each.kind is not Kind.PAST]
    bare = all(each.kind is Kind.WEEKDAYS for each in other.days)
    span = all(each.kind is Kind.SPAN for each in other.days)
    if not mentions or (span and any(each.kind is Kind.WEEKDAYS for each in mentions)):
        return False  # "on Tuesdays ... anything next week?"
    if bare and any(each.kind is Kind.SPAN for each in mentions):
        return False  # "next week I am away": a weekday that follows may lie in it
    return bool(other.clocks) or not _weekdays(event.days) & _weekdays(other.days)


def _weekdays(days: Iterable[Mention]) -> set[int | date]:
    """What two points have in common if they may be the same day."""
    weekdays = [each for each in days if each.kind is Kind.WEEKDAYS]
    if weekdays:
        return {number for each in weekdays for number in each.weekdays}
    return {day.weekday() for each in days if len(each.days) == 1 for day in each.days}


def reasons(text: str, found: Sequence[Point], telling: Telling) -> Iterator[tuple[Point, list[Point]]]:
    """Points of clauses that give the reason for what is asked before them, and what is asked."""
    asked: list[Point] = []
    for at, end in clauses(text, telling.ends):
        clause, here = text[at:end], [each for each in inside(found, at, end) if each.days]
        if telling.asks.search(clause):
            asked += here
        elif asked and telling.reasons.search(clause) and not telling.wishes.search(clause):
            yield from ((each, list(asked)) for each in here)


def timed(text: str, said: Sequence[Said], telling: Telling) -> list[Said]:
    """The times, those of a train or a meeting marked: they count only where no time is wished.

    So are those of any clause that tells something, if one behind it asks for a time.
    """
    marked = _thereafter(text, said, telling)
    asked = False
    for at, end in reversed([*clauses(text, telling.ends)]):
        clause, clock = text[at:end], any(at <= each.at < end and each.role is not Role.PART for each in said)
        asks = telling.asks.search(clause) is not None
        tells = asked and telling.tells.search(clause) and not telling.wishes.search(clause)
        if not asks and clock and (tells or telling.happens.search(clause)):
            marked = [
                replace(each, told=True) if at <= each.at < end and each.role is not Role.PART else each
                for each in marked
            ]
        asked = asked or (asks and clock)
    return marked


def _thereafter(text: str, said: Sequence[Said], telling: Telling) -> list[Said]:
    """The times, one until which something lasts turned into the one from which "after that" is free."""
    ordered = sorted(said, key=lambda each: each.at)
    ends = [each for each in ordered if each.role is not Role.PART]
    last = ends[-1] if ends else None
    if last is None or last.role is not Role.UNTIL or not telling.thereafter.search(text, last.end):
        return list(said)
    at, end = next((at, end) for at, end in clauses(text, telling.ends) if last.at < end)
    if telling.asks.search(text[at : last.end] + re.split("[,、]", text[last.end : end])[0]):
        return list(said)  # "Can I be done by three? I collect the kids after that"
    free = replace(last, role=Role.FROM, start=last.until, until=None, told=True)
    return [free if each is last else each for each in said]
