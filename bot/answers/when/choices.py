"""Days of which any will do, each with the times that are said for it: "Tuesday at 3 or Thursday at 4"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bot.answers.when.hours import Said, together
from bot.answers.when.mentions import Kind, Mention
from bot.answers.when.wish import Choice


@dataclass(slots=True)
class _Group:
    """A day where it is said, and the times said for it."""

    day: date
    said_as: Mention
    at: int
    end: int
    times: list[Said] = field(default_factory=list)

    def add(self, item: Mention | Said) -> None:
        self.at, self.end = min(self.at, item.at), max(self.end, item.end)
        if isinstance(item, Said):
            self.times.append(item)


def choices(
    text: str,
    mentions: Iterable[Mention],
    said: Iterable[Said],
    fitting: Sequence[date],
    beside: re.Pattern[str],
    either: re.Pattern[str],
) -> tuple[Choice, ...]:
    """One for each of the days that fit, in the order in which they are said.

    () where it is one day, or where the days are said in another way than one by one ("the weekend",
    "Monday to Thursday"). A day without a time has that of the next: "Tuesday or Thursday at 4".

    Args:
        beside: what stands between a day and its time.
        either: what stands between two choices.
    """
    ordered = sorted(mentions, key=lambda each: each.at)
    groups = _groups([each for each in ordered if each.kind is not Kind.SPAN], fitting)
    if len(groups) < 2 or {each.day for each in groups} != set(fitting):
        return ()
    for time in sorted(said, key=lambda each: each.at):
        _owner(text, groups, time, beside).add(time)
    # A week or month that is said with a day is no word between two days.
    for each in ordered:
        if each.kind is Kind.SPAN:
            text = text[: each.at] + " " * (each.end - each.at) + text[each.end :]
    if not all(either.fullmatch(text[one.end : other.at]) for one, other in pairwise(groups)):
        return ()
    for one, following in reversed(list(pairwise(groups))):
        one.times = one.times or following.times
    return tuple(Choice(each.day, *together(each.times)) for each in groups)


def _groups(mentions: Iterable[Mention], fitting: Sequence[date]) -> list[_Group]:
    groups: list[_Group] = []
    for each in mentions:
        days = [day for day in fitting if _names(each, day)]
        if len(days) != 1:
            return []
        if groups and groups[-1].day == days[0]:  # "Saturday the 28th"
            groups[-1].add(each)
        else:
            groups.append(_Group(days[0], each, each.at, each.end))
    return groups


def _names(mention: Mention, day: date) -> bool:
    if mention.kind is Kind.WEEKDAYS:
        return day.weekday() in mention.weekdays
    return day in mention.days or day.day == mention.number


def _owner(text: str, groups: Sequence[_Group], time: Said, beside: re.Pattern[str]) -> _Group:
    """The day that a time is said for: the one before it, unless it leans on the one behind it."""
    before = [each for each in groups if each.said_as.at < time.at]
    behind = [each for each in groups if each.said_as.at >= time.at]
    if not before or not behind:
        return (before or behind)[-1 if before else 0]
    leans_back = beside.fullmatch(text[before[-1].end : time.at])
    leans_on = beside.fullmatch(text[time.end : behind[0].at])
    return behind[0] if leans_on and not leans_back else before[-1]
