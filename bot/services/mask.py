"""Personal data taken out of a question before it is kept for the clinic to learn from."""

import re

LONGEST = 300
"""Characters that are kept: enough to see what was asked."""

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(r"(?:https?://|www\.|t\.me/)\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<!\w)@\w{3,}")
# Four digits in a row may be a year or a price; with separators or more of them, a telephone or card number.
NUMBER = re.compile(r"[+＋]?[\d０-９](?:[\s()\-－ー.]?[\d０-９]){5,}")
# A name that is introduced as one: the words after it, at most three.
NAMED_EN = re.compile(
    r"(?i:\b(?:my name(?: is|'s|s)|i am called|call me|this is|name:))\s+((?:[A-Z][\w'-]*\s?){1,3})"
)
NAMED_JA = re.compile(
    r"((?:私|わたし|僕|名前)(?:の名前)?(?:は|:|：)\s*)([\u3040-\u30ff\u4e00-\u9fff]{1,10}?)(?=(?:と申し|といい|と言い|です|だ|。|、|$))"
)
HONOURED_JA = re.compile(
    r"([\u4e00-\u9fff\u30a0-\u30ff]{1,6}?)(?=(?:さん|様|さま|先生|ちゃん|くん)(?![\u4e00-\u9fff]))"
)
POSTCODE = re.compile(r"〒?\s*\b\d{3}[-－]\d{4}\b")

COMMON_BEFORE_SAN = frozenset(
    {"母", "父", "お母", "お父", "奥", "旦那", "主人", "妻", "夫", "子供", "娘", "息子", "友", "皆", "担当"}
    | {"先生", "医者", "看護師", "お客", "兄", "姉", "弟", "妹", "祖母", "祖父"}
)
"""Who people speak of without naming anybody."""


def mask(text: str) -> str:
    """Addresses, links, handles, numbers and names that are told as such become `<...>`.

    A name that nothing marks as one stays: the text is sealed in the database all the same.
    """
    text = text[: LONGEST * 4]
    for pattern, sign in (
        (ADDRESS, "<email>"),
        (LINK, "<link>"),
        (HANDLE, "<handle>"),
        (POSTCODE, "<postcode>"),
        (NUMBER, "<number>"),
    ):
        text = pattern.sub(sign, text)
    text = NAMED_EN.sub(lambda found: found[0].replace(found[1], "<name> "), text)
    text = NAMED_JA.sub(r"\1<name>", text)
    text = HONOURED_JA.sub(lambda found: found[0] if found[1] in COMMON_BEFORE_SAN else "<name>", text)
    return " ".join(text.split())[:LONGEST]
