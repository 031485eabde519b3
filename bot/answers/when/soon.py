"""Times counted from now: "in two hours", 30分後."""

import re
from datetime import datetime, timedelta

from bot.answers.when.hours import Role, Said
from bot.answers.when.mentions import Kind, Mention
from bot.answers.when.page import OTHER, Page

ENGLISH = re.compile(
    r"\b(?:in|within) (?:(?P<half>half an)|(?P<n>\d{1,3})|(?P<couple>a couple(?: of)?)|an?) "
    r"(?P<unit>hour|minute)s?(?P<more> and a half)?\b"
)
JAPANESE = re.compile(r"(?P<half>(?!))?(?P<couple>(?!))?(?P<n>\d{1,3})(?P<unit>時間|分)(?P<more>半)?後")


def soon(page: Page, pattern: re.Pattern[str], now: datetime) -> tuple[list[Mention], list[Said]]:
    """The day and time, to the minute; hours more than a day ahead are no time of day."""
    days: list[Mention] = []
    said: list[Said] = []
    for found in page.find(pattern):
        count = 2 if found["couple"] else int(found["n"] or 1)
        minutes = 30 if found["half"] else count * (60 if found["unit"] in ("hour", "時間") else 1)
        moment = now + timedelta(minutes=minutes + (30 if found["more"] else 0))
        if moment - now <= timedelta(days=1):
            days.append(Mention(*found.span(), Kind.DAY, (moment.date(),)))
            at = moment.time().replace(second=0, microsecond=0)
            said.append(Said(*found.span(), Role.POINT, at))
            page.cover(found, OTHER)
    return days, said
