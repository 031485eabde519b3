"""The times of a Japanese message, and its numbers that are no times."""

import re

from bot.answers.when.hours import Clock, Half, Role, Said, one, part_said, window
from bot.answers.when.page import DAY, OTHER, PART, Page
from bot.answers.when.wish import Part, Window

_AMOUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d+(?:\.5)?時間半?(?!後)",
        r"(?<![時\d])\d{1,3}分(?!後)",
        r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:円|えん|千円|万円)|[¥￥]\d[\d,]*",
        r"\d+(?:人|名|歳|才|回|度|番|つ|割|%|kg|キロ|cm|本|枚|年間?|泊|階|件|点)(?!目の)",
        r"(?:週|月|日)に?\d+回|週に?\d(?!日)",
        r"\d+(?:[ヶヵかカケ箇]月|週間?|日間)(?!後)",
        r"(?:その|同じ|同日の?)(?:晩|夜|夕方)(?:の?うち)?に?は?(?=帰|戻|発|立ち|出発)",
        r"0\d{1,3}-\d{2,4}-\d{3,4}|\+\d[\d-]{8,}|\d{7,}",
    )
)

_HALVES = r"(?:(?P<{0}p>午前|朝|am|午後|夕方|夕|夜|晩|お?昼|深夜|pm)の?、?)?"
_TIME = (
    r"(?:(?P<{0}h>\d{{1,2}})(?:時(?:(?P<{0}m>[0-5]?\d)分?|(?P<{0}f>半))?|:(?P<{0}c>[0-5]\d)|(?=[ap]m))"
    r"(?P<{0}x>am|pm)?)"
)
_NUMBER = r"(?P<{0}h>\d{{1,2}})(?P<{0}m>)(?P<{0}f>)(?P<{0}c>)(?P<{0}x>)"
_ABOUT = r"(?:頃|ごろ|ころ|くらい|ぐらい|前後|あたり|辺り|ちょうど|きっかり|ピッタリ)?"
_T = (_HALVES + _TIME).format("t")
_A = (_HALVES + _TIME).format("a")
_B = (_HALVES + _TIME).format("b")
_LOOSE_A = (_HALVES + _NUMBER).format("a")

_RANGES = (
    re.compile(
        rf"{_A}{_ABOUT}(?:から|-|より|と(?=[^、。]*の間)|,|、(?=\d{{1,2}}時(?:の間|まで)))、?{_B}{_ABOUT}"
        rf"(?:まで|の間|くらいまで)?"
    ),
    re.compile(rf"(?<![\d:/月]){_LOOSE_A}(?:-|から|、|,){_B}{_ABOUT}(?:まで|の間)?"),
)
_BAND = re.compile(rf"{_T}台")
_WORK_ENDS = re.compile(
    rf"(?:仕事|会社|学校|授業|勤務|バイト|パート)[がはもの、]*{_T}{_ABOUT}(?:に|には|まで|で)(?:終|上が"
    rf"|あが|です|なので|だ|仕事)?"
)
_BUSY_UNTIL = re.compile(
    rf"{_T}{_ABOUT}(?:[にで]終わ[るり](?:ま|の|ん|か)"
    rf"|まで、?(?:は、?)?(?:会議|仕事|授業|学校|バイト|パート|用事|予定|勤務|シフト|忙し|働|勤め"
    rf"|(?:お?店|職場|会社|現場|教室|レジ|事務所|厨房)(?:に|で|を)))"
)
_FROM = re.compile(
    rf"{_T}{_ABOUT}(?:以降|以後|すぎ|過ぎ|から|より(?:も)?(?:後|遅|あと)|-(?!\d)|スタート|始まり|開始"
    rf"|を過ぎ|をすぎ|回って)"
)
_UNTIL = re.compile(
    rf"{_T}{_ABOUT}(?:まで|前(?!後)|まえ|より(?:も)?(?:前|早)|以前|には?(?:終わ|帰|出)|終わり|終了|上がり)"
)
_CANT = r"(?:は|だと|では|には)(?:無理|ダメ|だめ|駄目|ng|難し|厳し|行け(?:な|ませ)|都合が悪)"
_NOT_BEFORE = re.compile(rf"{_T}{_ABOUT}(?:より)?(?:前|まで|以前){_CANT}")
_NOT_AFTER = re.compile(rf"{_T}{_ABOUT}(?:以降|以後|過ぎ|すぎ|より後){_CANT}")
_INSTEAD = re.compile(
    rf"{_T}{_ABOUT}(?:じゃな[くい]|やな[くい]|ではなく|でなく|の代わり|をやめ|より(?=[^、。?]{{1,8}}(?:方|ほう)が))"
)
_POINT = re.compile(_T)
_NOON = re.compile(r"正午")

_ACHE = r"(?=(?:から|に|も|は|になると|中|、)*[^、。]{0,6}(?:痛|眠れ|寝|起き|つら|辛|だる|不安|目が覚))"
_PARTS: tuple[tuple[str, Part], ...] = (
    (r"朝(?:イチ|いち|一番|一)(?!時)|一番早い(?:時間|枠)?|いちばん早い|開店(?:直後|と同時)|オープン(?:直後"
     r"|と同時)", Part.FIRST_THING),
    (r"早朝|朝早[くい]|朝早め", Part.EARLY_MORNING),
    (r"出勤前|仕事(?:の)?前|出社前", Part.BEFORE_WORK),
    (r"お?昼前|午前の遅[いめ]", Part.LATE_MORNING),
    (r"午前中?|朝方?|モーニング", Part.MORNING),
    (r"お?昼(?:過ぎ|すぎ)|昼下がり|(?:ランチ|昼食|お昼)の?後|午後(?:一番?|イチ|いち)"
     r"(?!時)", Part.AFTER_LUNCH),
    (r"昼間|日中", Part.DAYTIME),
    (r"お?昼(?:休み|時|どき)?|ランチ(?:タイム)?", Part.LUNCH),
    (r"午後の?(?:早め?い?|前半|初め)(?:時間)?", Part.EARLY_AFTERNOON),
    (r"午後の?(?:遅め?い?|後半)(?:時間)?", Part.LATE_AFTERNOON),
    (r"午後", Part.AFTERNOON),
    (r"(?:仕事|会社|勤務|職場)(?:の)?(?:帰り|終わり|あがり|上がり|後|のあと|が終わって(?:から)?"
     r"|が終わった後)|退勤後|退社後|定時後|アフター(?:5|ファイブ)", Part.AFTER_WORK),
    (r"学校(?:の)?(?:帰り|終わり|後|が終わって(?:から)?)|放課後|下校後", Part.AFTER_SCHOOL),
    (r"夕方(?:ごろ|頃)?|夕刻|夕", Part.DUSK),
    (r"夜遅(?:く|め|い時間)|遅い時間|遅めの?時間|夜の?遅", Part.LATE_EVENING),
    (r"夜間?|晩", Part.NIGHT),
)  # fmt: skip
_PART_RULES = tuple((re.compile(rf"(?:{pattern})"), part) for pattern, part in _PARTS)
_ACHING = re.compile(rf"(?<!{DAY})(?<!{DAY}の)(?:夜中?|朝|夕方|昼){_ACHE}")
_DENIED = re.compile(
    r"(?:以外|を除|じゃな|ではな|はちょっと|[はが]?(?:無理|ダメ|だめ|駄目|ng|難し|厳し|避け|行け|都合が悪))"
)
_ONWARDS = re.compile(r"(?:頃|ごろ)?(?:以降|から|-)")
_UP_TO = re.compile(r"(?:頃|ごろ)?(?:まで|より前|前)")


def hide_amounts(page: Page) -> None:
    """Durations, people, prices, ages, telephone numbers."""
    for pattern in _AMOUNTS:
        for found in page.find(pattern):
            page.cover(found, OTHER)


def times(page: Page, opening: Window) -> list[Said]:
    """Every time the page states."""
    said: list[Said] = []
    for found in page.find(_NOON):
        page.text = page.text[: found.start()] + "12時" + page.text[found.end() :]
    for found in page.find(_INSTEAD):
        page.cover(found, " ")
    for pattern in _RANGES:
        for found in page.find(pattern):
            first, last = _read(found, "a"), _read(found, "b")
            if last and last.half and first and first.half is None:
                first = _same_half(first, last)
            elif first and first.half and last and last.half is None:
                last = last if last.hour < first.hour else last.leaning(first.half)
            if first and last and (bounds := window(first, last, opening)):
                said.append(Said(*found.span(), Role.WINDOW, *bounds))
                page.cover(found, OTHER)
    for pattern, role in (
        (_BAND, Role.WINDOW),
        (_WORK_ENDS, Role.FROM),
        (_BUSY_UNTIL, Role.FROM),
        (_NOT_BEFORE, Role.FROM),
        (_NOT_AFTER, Role.UNTIL),
        (_FROM, Role.FROM),
        (_UNTIL, Role.UNTIL),
        (_POINT, Role.POINT),
    ):
        for found in page.find(pattern):
            clock = _read(found, "t")
            at = one(clock, opening, latest=role is Role.UNTIL) if clock else None
            if at is None:
                continue
            start, until = (None, at) if role is Role.UNTIL else (at, None)
            if role is Role.WINDOW and at.hour < 23:
                until = at.replace(hour=at.hour + 1)
            said.append(Said(*found.span(), role, start, until, told=pattern in (_WORK_ENDS, _BUSY_UNTIL)))
            page.cover(found, OTHER)
    return said + _parts(page)


def _parts(page: Page) -> list[Said]:
    for found in page.find(_ACHING):
        page.cover(found, OTHER)
    said: list[Said] = []
    for pattern, part in _PART_RULES:
        for found in page.find(pattern):
            behind = page.text[found.end() :]
            each = part_said(*found.span(), part, excluded=bool(_DENIED.match(behind)))
            if _ONWARDS.match(behind) and each.start:
                each = Said(each.at, each.end, Role.PART, each.start, None, part)
            elif _UP_TO.match(behind):
                each = Said(
                    each.at,
                    each.end,
                    Role.PART,
                    None,
                    each.until if part.in_the_morning else each.start,
                    part,
                )
            said.append(each)
            page.cover(found, PART)
    return said


def _read(found: re.Match[str], name: str) -> Clock | None:
    before, after = found[f"{name}p"], found[f"{name}x"]
    half: Half | None = None
    if before or after:
        half = Half.AM if (before in ("午前", "朝", "am") or after == "am") else Half.PM
    hour = found[f"{name}h"]
    if half is None and len(hour) == 2 and hour[0] == "0":
        half = Half.AS_IT_STANDS
    minute = 30 if found[f"{name}f"] else int(found[f"{name}m"] or found[f"{name}c"] or 0)
    clock = Clock(int(hour), minute, half)
    return clock if clock.choices() else None


def _same_half(first: Clock, last: Clock) -> Clock:
    leaning = first.leaning(last.half)
    return leaning if leaning.choices() and leaning.choices()[0] < last.choices()[0] else first
