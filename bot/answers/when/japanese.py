"""Reads a Japanese message."""

import re
from datetime import date

from bot.answers.when.choices import choices
from bot.answers.when.compose import fitting_days
from bot.answers.when.events import counted, timed, told
from bot.answers.when.hours import Said
from bot.answers.when.japanese_days import mentions
from bot.answers.when.japanese_signs import ARROW, SIGNS, TELLING
from bot.answers.when.japanese_times import hide_amounts, times
from bot.answers.when.japanese_words import plain
from bot.answers.when.mentions import Bound, Joints
from bot.answers.when.moves import wished
from bot.answers.when.page import Page
from bot.answers.when.soon import JAPANESE, soon
from bot.answers.when.wish import Choice, Circumstances

_NO = (
    r"(?:以外|を?除|じゃな[いく]|やな[いくかっ]|ではな[いく]|でな[いく]|を?避け|はちょっと"
    r"|(?:の(?:午前中?|午後|朝|夕方|夜|昼|日中))?[はがもだと]{0,3}"
    r"(?:無理|むり(?![?か])|ダメ|だめ|駄目|あかん(?![?か])|きつい|しんどい|ng|×|都合が(?:悪|つ)|予定が(?:あ|入)|用事|仕事(?:が(?!\d|休)|な|で)|行けな|行けませ"
    r"|いけな|難し|厳し|避け|空いてな|やめ|合わな|休めな|埋ま))"
)
_ACHE = r"[^、。]{0,12}(?:痛|つら|辛|しんど|眠れ|不調|こって|凝って|悪く|悪い|続い|腫れ|だる|寝)"
_JOINTS = Joints(
    through=re.compile(r"(?:から|-|より)、?"),
    between=re.compile(r"(?!)"),
    same=re.compile(r"[、(]?の?\(?"),
    listed=re.compile(r"(?:と|や|・|、|か|も|or|/|とか|または|もしくは|または、|および|及び|,|か、|)"),
    inside=re.compile(r"[の、は]*"),
    apart=re.compile(
        r"ので|から|ため|んで(?!す|しょ)|けど|もしくは|または|まで|忙し|無理|だめ|ダメ|難し|厳し"
    ),
    late=re.compile(
        r"(?:(?!ので|(?<![時半分])から|ため|か、|もしくは)[^|]){0,40}\|(?:です|だ|の(?!ご?予約)|ね|、|。|$).*"
    ),
    before={},
    after={
        Bound.DROPPED: re.compile(rf"から{_ACHE}|に(?:[^、。]{{0,6}})?(?:着[いくき]|到着|帰国)"),
        Bound.NOT: re.compile(_NO),
        Bound.FROM: re.compile(r"(?:以降|以後|から|-$|より後)"),
        Bound.AFTER: re.compile(r"(?:過ぎ|すぎ|を過ぎ|より後|の後)"),
        Bound.UNTIL: re.compile(r"(?:まで|までに)"),
        Bound.BEFORE: re.compile(r"(?:以前|より前|前(?!後|半|日)|よりも前)"),
    },
    meanwhile=re.compile(r"(?:着|帰国).*(?:その(?:間|日|晩|夜)|滞在中|い(?:てる|る)(?:間|うち)|日帰り|当日)"),
    denies_forward=False,
)


_EITHER = re.compile(
    r"[、,]?(?:か|または|もしくは|あるいは|それか|とか|や|と|・|or|/|でも"
    r"|[がは](?:だめ|ダメ|駄目|無理|むり|難しい|埋まって(?:い)?)(?:なら|でしたら|だったら|であれば|場合は?|たら))?"
    r"[、,]?(?:第[二2]希望[はが:]?)?の?"
)
"""Between two days of which either will do."""


def read(
    text: str, given: Circumstances
) -> tuple[tuple[date, ...], bool, list[Said], bool, tuple[Choice, ...]]:
    """Days that fit, whether only past ones were said, the times, whether an appointment is moved, and
    choices."""
    full = plain(text)
    moves = SIGNS.moves.search(full) is not None
    page = Page(ARROW.sub("→", full, count=1) if moves else full)
    full = page.text
    near, at = soon(page, JAPANESE, given.now)
    days = near + mentions(page, given)
    hide_amounts(page)
    said = at + times(page, given.opening)
    said = timed(full, said, TELLING)
    days, said = counted(full, days, said, _JOINTS, TELLING, given, keep=moves)
    if not moves:
        days, said = told(full, days, said, TELLING)
    days, said = wished(full, days, said, SIGNS, TELLING)
    fitting, passed = fitting_days(full, days, _JOINTS, given)
    either = choices(full, days, said, fitting, SIGNS.gaps.beside, _EITHER)
    return fitting, passed, said, moves, either
