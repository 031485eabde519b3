"""After an alarm the bot stays with it: a short word is an answer to it, and nothing of it is kept."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.answers.model import Command, Route, Safety
from bot.answers.normalise import fold
from bot.answers.routed import Routed
from bot.answers.safety import Finding
from bot.domain.clients import Client
from bot.domain.concern import STAYS, About, Answer, Concern
from bot.domain.typed import ASKING
from bot.services.ports import Transaction

ABOUT: Final = {
    Safety.CRISIS_IMMINENT: About.SELF,
    Safety.CRISIS: About.SELF,
    Safety.CRISIS_OTHER: About.OTHER,
    Safety.VIOLENCE: About.VIOLENCE,
    Safety.HARM_OTHERS: About.HARM,
    Safety.MEDICAL_EMERGENCY: About.BODY,
}

SHORT: Final = 60
"""Characters; who writes more says more than yes or no."""

# All of these are looked for in folded words: katakana is hiragana, apostrophes are gone.
_SERIOUS: Final = re.compile(
    r"\b(not|isnt|wasnt|aint) (a |just |only )?(jok|kidding)|(冗談|嘘|うそ)(じゃ|では)"
)
_JOKING: Final = re.compile(r"\b(jok(e|es|ing)|kidding|never ?mind|nvm)\b|冗談|(うそ|嘘)(です|だよ)")
_HELP: Final = re.compile(r"\bhelp me\b|^(please )?help$|(助|たす)けて")
_CALM: Final = re.compile(
    r"(\b(i am|im|its|we are|all|now|thanks?|thank you|so much|very much|yes|ok|okay|safe|fine|good|alright"
    r"|better|a bit|bye|good night)\b\W*)+"
    r"|((もう|はい|今は|いまは|少し|大丈夫|だいじょうぶ|安全|落ち着きました|落ち着いた"
    r"|ありがとう(ございます|ございました)?|おやすみ(なさい)?|です|ます)\W*)+"
)
_PLEASE: Final = re.compile(
    r"(\b(yes|yeah|yep|yup|ya|ok|okay|sure|please|pls|plz|do|it|that|would|helps?|id|i|like|want|send|the|a"
    r"|one|message|for|my|friend|can|could|you)\b\W*)+"
    r"|((はい|うん|ええ|そうです|ぜひ|その?文|文を?|用意して|送って|(お|御)?(願|ねが)い(し|いたし)?(ます)?"
    r"|頼みます|たのみます|ほしい|欲しい|下さい|ください|です)\W*)+"
)
_UNSAFE: Final = re.compile(
    r"^(no|nope|nah|not|nobody|none|never|maybe|unsafe|alone|afraid|scared|idk|dunno|cant|cannot"
    r"|(i|we) (cant|cannot|dont|am not|am alone|am scared|need help)|im (not|alone|scared|afraid)"
    r"|(he|she)( is|s)|they( are|re))\b"
    r"|^(yes|yeah|ok|okay)\b.*\b(but|not|here)\b|^(はい|うん).*(でも|けど)"
    r"|^(いいえ|いえ|いや|ううん|ない|なし|だめ|駄目|無理|むり|まだ|怖|こわ|危)"
    r"|ひとり|[一1]人(です|でいます|きり|だ|$)|(誰|だれ)も|(安全|大丈夫)(じゃ|では)(な|あり)"
    r"|(出来|でき)(ない|ません|そうにない)|(分か|わか)(らない|りません)"
)
_YES: Final = frozenset({"yes", "ok", "okay", "はい"})
"""No sign of calm by themselves: what was asked may have been whether a message would help."""


def read(text: str) -> Answer | None:
    """What the words say to somebody who has just asked "are you safe?"; None for anything else."""
    words = fold(text).strip(" \t\n。、.,!！…")
    if len(words) > SHORT:
        return None
    if _SERIOUS.search(words) or _HELP.search(words):
        return Answer.UNSAFE
    if _JOKING.search(words):
        return Answer.JOKING
    if words not in _YES and _CALM.fullmatch(words):
        return Answer.CALM
    if _PLEASE.fullmatch(words):
        return Answer.PLEASE
    return Answer.UNSAFE if _UNSAFE.search(words) and not ASKING.search(text) else None


def answer_in(routed: Routed) -> Answer | None:
    """What the message answers after an alarm; None where it clearly wants something else."""
    slots, finding = routed.slots, routed.finding
    named = slots is not None and any((slots.treatment, slots.day, slots.start, slots.until))
    sad = finding is not None and finding.safety is Safety.DISTRESS
    if (finding is None or sad) and not (routed.route is Route.BOOKING and named):
        said = read(routed.text)
        if said is not None:
            return said
    if routed.command is not None:
        return Answer.JOKING if routed.command is Command.JOKING else None
    # Who is not understood now may be saying how bad it is.
    unclear = routed.route in (Route.CLARIFY, Route.HAND_OVER) and not ASKING.search(routed.text)
    return Answer.UNSAFE if unclear else None


def about(finding: Finding | None) -> About | None:
    """What the alarm is about; None for what is none."""
    found = ABOUT.get(finding.safety) if finding is not None else None
    return About.YOUNG if found is About.VIOLENCE and finding is not None and finding.minor else found


async def stay(
    tx: Transaction, client: Client, routed: Routed, concern: Concern | None, now: datetime
) -> tuple[About, Answer] | None:
    """Begin, go on with, or leave alone what is in mind; what the message answers, if it answers an alarm.

    Something is written with every message, so that a row does not tell for whom there was an alarm.
    """
    alarm = about(routed.finding)
    said = answer_in(routed) if alarm is None and concern is not None else None
    if alarm is not None:
        concern = Concern(alarm, now + STAYS)
    elif said is not None and concern is not None:
        concern = replace(concern, until=now + STAYS)
    await tx.threads.keep(client.id, concern, now)
    return (concern.about, said) if concern is not None and said is not None else None
