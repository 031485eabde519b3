"""Reads a Japanese message."""

import re
from datetime import date

from bot.answers.when.compose import fitting_days
from bot.answers.when.hours import Said
from bot.answers.when.japanese_days import mentions
from bot.answers.when.japanese_times import hide_amounts, times
from bot.answers.when.japanese_words import plain
from bot.answers.when.mentions import Bound, Joints, Mention
from bot.answers.when.page import Page
from bot.answers.when.soon import JAPANESE, soon
from bot.answers.when.wish import Circumstances

_NO = (
    r"(?:以外|を?除|じゃな[いく]|ではな[いく]|でな[いく]|を?避け|はちょっと"
    r"|(?:の(?:午前中?|午後|朝|夕方|夜|昼|日中))?[はがもだと]{0,3}"
    r"(?:無理|ダメ|だめ|駄目|ng|×|都合が(?:悪|つ)|予定が(?:あ|入)|用事|仕事(?:が|な|で)|行けな|行けませ"
    r"|いけな|難し|厳し|避け|空いてな|やめ|合わな|休めな|埋ま))"
)
_ACHE = r"[^、。]{0,12}(?:痛|つら|辛|しんど|眠れ|不調|こって|凝って|悪く|悪い|続い|腫れ|だる|寝)"
_JOINTS = Joints(
    through=re.compile(r"(?:から|-|より)、?"),
    between=re.compile(r"(?!)"),
    same=re.compile(r"[、(]?の?\(?"),
    listed=re.compile(r"(?:と|や|・|、|か|も|or|/|とか|または|もしくは|または、|および|及び|,|か、|)"),
    inside=re.compile(r"[の、は]*"),
    before={},
    after={
        Bound.DROPPED: re.compile(rf"から{_ACHE}|に(?:[^、。]{{0,6}})?(?:着[いくき]|到着|帰国)"),
        Bound.NOT: re.compile(_NO),
        Bound.FROM: re.compile(r"(?:以降|以後|から|-$|より後)"),
        Bound.AFTER: re.compile(r"(?:過ぎ|すぎ|を過ぎ|より後|の後)"),
        Bound.UNTIL: re.compile(r"(?:まで|までに)"),
        Bound.BEFORE: re.compile(r"(?:以前|より前|前(?!後|半|日)|よりも前)"),
    },
    denies_forward=False,
)
_CHANGE = re.compile(r"変更|振替|振り替|ずら|移[しせすっ]|移動|変え|替え|延期|リスケ|早め|遅らせ|取り直")
_INSTEAD = re.compile(
    r"(?:予約[^、。]{0,8}?(?:を|が|けど|けれど|ですが)|から|を|ですが|けど|のですが|の代わりに|ではなく"
    r"|じゃなくて?)、?"
)


def read(text: str, given: Circumstances) -> tuple[tuple[date, ...], bool, list[Said]]:
    """Days that fit, whether only past ones were said, and the times."""
    page = Page(plain(text))
    full = page.text
    near, at = soon(page, JAPANESE, given.now)
    days = near + mentions(page, given)
    hide_amounts(page)
    said = at + times(page, given.opening)
    if _CHANGE.search(full):
        days, said = _wanted(full, days, said)
    fitting, passed = fitting_days(full, days, _JOINTS, given)
    return fitting, passed, said


def _wanted(text: str, days: list[Mention], said: list[Said]) -> tuple[list[Mention], list[Said]]:
    """Of 火曜の予約を木曜に変更 only what it is moved to."""
    places = sorted([(m.at, m.end) for m in days] + [(s.at, s.end) for s in said])
    for found in reversed(list(_INSTEAD.finditer(text))):
        later = [at for at, _ in places if at >= found.end()]
        if later and any(end <= found.end() and at < found.start() for at, end in places):
            kept = [m for m in days if m.at >= found.end()]
            return kept or days, [s for s in said if s.at >= found.end()]
    return days, said
