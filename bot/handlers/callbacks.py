"""The one place that packs and parses the data of buttons: `verb:argument:...`, at most 64 bytes."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Forged

LONGEST = 64
"""Bytes, Telegram's limit."""


class Verb(StrEnum):
    """What a tap asks for. Short, because the limit is bytes."""

    ENTRY = "e"  # entry id: in the place of what is there
    ENTRY_BELOW = "eb"  # entry id: in a message of its own, so that what is there stays
    MORE = "m"  # entry id
    WHY = "w"  # entry id
    RELATED = "r"  # entry id
    HELPED = "h"  # entry id, 1 or 0
    TOPICS = "t"
    TOPIC = "tp"  # topic id, page
    LANGUAGE = "l"
    SET_LANGUAGE = "ls"  # language code, or auto
    HELP = "hp"
    BOOK = "b"
    PLAN = "bp"  # the training plan: the way in, as BOOK
    SELF_CARE = "sc"  # needs or nothing: the way in, a new message
    SOS = "sos"
    PERSON = "p"  # leave the question for a person
    NOTHING = "n"  # a grey day, with its `DayState`; nothing for headings
    # The client's form. Steps, days and times as in `views/codes.py`.
    FORM_ANSWER = "fa"  # step, value (`-` skips, `=` keeps, `+` takes the draft)
    FORM_MONTH = "fm"  # step, month: turn the calendar
    FORM_MORE = "ft"  # step: every free time of the day
    FORM_REOPEN = "fo"  # step: "change" on the summary
    FORM_BACK = "fb"
    FORM_CANCEL = "fx"
    FORM_SEND = "fs"
    FORM_SHARE = "fp"  # show the keyboard that sends the telephone number
    FORM_PLAN = "fq"  # the training plan instead of a treatment
    FORM_GO_ON = "fg"  # the unsent form, rather than another one
    FORM_INSTEAD = "fi"  # what to begin instead, as in `another_form.py`
    WAIT_JOIN = "wj"  # treatment id, day
    WAIT_ACCEPT = "wa"  # place id, day, time
    WAIT_REFUSE = "wr"  # place id
    WAIT_LEAVE = "wl"  # place id
    # The client's own requests, by number; decisions carry the version that the button was drawn with.
    MINE = "mb"
    MINE_DETAIL = "md"  # request
    MINE_CHANGE = "mc"  # request: choose another time
    MINE_CANCEL = "mx"  # request: ask first
    MINE_CANCEL_YES = "my"  # request, version
    MINE_KEEP = "mk"  # request, version
    MINE_ACCEPT = "ma"  # request, version, day, time
    MINE_COMING = "mg"  # request
    MINE_ANSWER = "mp"  # request: what the client wrote, to which the button's message replies
    # The clinic's group.
    CARD = "c"  # request: the card as it is now
    CARD_CONFIRM = "cc"  # request, version, day, time
    CARD_DAYS = "cp"  # request, month or nothing: choose another day
    CARD_TIMES = "ct"  # request, day
    CARD_PROPOSE = "co"  # request, version, day, time
    CARD_REASONS = "cd"  # request, move (decline, cancel)
    CARD_REASON = "cr"  # request, move, reason: ask first
    CARD_DECIDE = "cy"  # request, version, move, reason
    CARD_ASK = "cq"  # request: how to ask the client
    CARD_NO_SHOW = "cn"  # request, version
    CARD_UNDO = "cu"  # request, version
    CARD_TODAY = "cf"  # day
    CARD_WEEK = "cw"  # monday
    # Self-care. `needs` are at most two, joined by "+", as in SELF_CARE; see `views/care_codes.py`.
    CARE_NEEDS = "kn"  # needs: choose again, in the same message
    CARE_SUGGEST = "ks"  # needs, minutes: an action that fits, another each time
    CARE_ACTION = "ka"  # action, needs, minutes: this action
    CARE_WHY = "kw"  # action, needs, minutes
    CARE_GUIDE = "kg"  # action, needs, minutes: run it in the chat
    CARE_STOP = "kx"  # action, needs, minutes: end what runs
    CARE_RATE = "kr"  # action, 1 or 0, needs, minutes
    CARE_HISTORY = "kh"
    CARE_RESET = "kz"  # nothing to ask, 1 to forget
    # Check-ins.
    CHECK_IN = "i"  # nothing to ask, a face from 1 to 5, or `-` for not now
    CHECK_IN_NEED = "in"  # check-in, need or `-`
    CHECK_IN_CONSENT = "ic"  # 1 or 0; `sure` to delete what there is
    MOOD = "im"  # chart or list, weeks
    # Reminders of self-care. Days are digits from 0, Monday; times HHMM.
    REMINDERS = "z"
    REMINDER_TIME = "zt"  # nothing to ask, or a time
    REMINDER_DAYS = "zd"  # nothing to ask, or all the days (`-` for none)
    REMINDER_QUIET = "zq"  # nothing to ask, or from and until
    REMINDER_STOP = "zx"
    REMINDER_SNOOZE = "zz"
    REMINDER_CONSENT = "zc"  # 1 and a time or nothing, or 0
    # Privacy.
    PRIVACY = "v"
    MY_DATA = "vm"
    CONSENTS = "vc"
    CONSENT_WITHDRAW = "vx"  # kind of consent
    DELETE = "vd"  # ask first
    DELETE_YES = "vy"
    DELETE_NO = "vn"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's data, parsed."""

    verb: Verb
    arguments: tuple[str, ...] = ()

    def argument(self, number: int = 0) -> str:
        """Raises Forged where the data has no such argument."""
        if number >= len(self.arguments):
            raise Forged(f"{self.verb.name} without its argument")
        return self.arguments[number]


def pack(verb: Verb, *arguments: object) -> str:
    data = ":".join([verb.value, *map(str, arguments)])
    if len(data.encode()) > LONGEST:
        raise ValueError(f"{data} has more than {LONGEST} bytes")
    return data


def parse(data: str) -> Tap:
    """Raises Forged for what `pack` did not make."""
    verb, *arguments = data.split(":")
    try:
        return Tap(Verb(verb), tuple(arguments))
    except ValueError as error:
        raise Forged("an unknown verb") from error
