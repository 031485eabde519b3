"""Japanese as it is typed on a phone, brought to the words that the rules read."""

import re
import unicodedata

WEEKDAYS = "月火水木金土日"
_DAY = f"[{WEEKDAYS}]"

_DIGITS = {"〇": 0, "零": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_KANJI_NUMBER = re.compile(
    r"(?<![〇一二三四五六七八九十数何第唯統])([〇零一二三四五六七八九十]{1,4})"
    r"(?=時|月|日(?!中)|分(?!な)|週|[ヶヵかカケ箇]月|年|人|名|回|曜|年間|泊|、[二三四五六七八九]時"
    r"|[〜~-][一二三四五六七八九十]+時)"
)

# Kana and slips of the keyboard. Longer ones stand first.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"さらいしゅう|さ来週|さ来しゅう|再来しゅう|再らいしゅう|再来周|さ来周", "再来週"),
    (r"らいしゅう|らい週|来しゅう|来周|来襲|翌週(?=の?(?:末|頭|あたま|初|は|前半|後半|半ば))", "来週"),
    (r"こんしゅう|今しゅう|今周|こん週", "今週"),
    (r"しゅうまつ|週まつ|終末", "週末"),
    (r"さらいげつ", "再来月"), (r"らいげつ|来げつ|翌月", "来月"), (r"こんげつ|今げつ", "今月"),
    (r"明明後日|明々後日|弥の明後日|しあさって|シアサッテ", "明明後日"),
    (r"明後日|みょうごにち|あさって|アサッテ|明後に(?=ち)", "明後日"),
    (r"あした(?!ば|か)|アシタ|(?<![まで])あす(?![かなぱ])|みょうにち|明日", "明日"),
    (r"(?<!と)きょう(?![とだ]い|しつ|み|うと)|本日|ほんじつ|キョウ(?!ト)", "今日"),
    (r"こんや|こんばん(?![はわ])|今ばん", "今晩"),
    (r"ゆうがた|夕がた|夕型|ユウガタ", "夕方"), (r"ごぜん", "午前"), (r"ごご|ゴゴ|午后", "午後"),
    (r"(?<=\d)がつ", "月"), (r"(?<=\d)にち(?!よう)", "日"),
    (r"(?<=月)([2-9]|10|14|20|24)か(?=[、。のにはでと?!]|$)(?!、?\d{1,2}(?![時じ:\d]))", r"\1日"),
    (r"(?<=の)ぶん(?=[、をはがも])", "分"), (r"(?<=\d)[ふぷ]ん", "分"),
    (r"(?<=[\d日曜時半分])(?:ちゃうく?て|ちごて|違う?くて|違って|やのうて)", "じゃなくて"),
    (r"(?<=月)ふつか", "2日"), (r"(?<=月)みっか", "3日"),
    (r"(?<=月)よっか", "4日"), (r"(?<=月)いつか", "5日"), (r"(?<=月)むいか", "6日"),
    (r"(?<=月)なのか", "7日"),
    (r"(?<=月)ようか", "8日"), (r"(?<=月)ここのか", "9日"), (r"(?<=月)とおか", "10日"),
    (r"しょうご", "正午"), (r"おひる|お昼ま", "お昼"), (r"へいじつ|平実", "平日"),
    (r"しゅくじつ|祭日", "祝日"),
    (r"(?<![いしな])よる(?=[にのは、。]|$|以降|なら|でも)", "夜"),
    (r"(?<![ぼけま])あさ(?=[のにはイい一、。]|$|から|なら)", "朝"),
    (r"いこう|以こう|移行|以後", "以降"), (r"いがい(?![にと])|意外(?![にと])", "以外"),
    (r"げつよう|月よう|月用|ゲツヨウ", "月曜"), (r"かよう(?=[びのか、夕午朝夜])|火よう|火用|カヨウ", "火曜"),
    (r"すいよう|水よう|水用|スイヨウ", "水曜"), (r"もくよう|木よう|木用|モクヨウ", "木曜"),
    (r"きんよう|金よう|金用|キンヨウ", "金曜"), (r"どよう|土よう|土用|ドヨウ", "土曜"),
    (r"にちよう|日よう|日用(?!品)|ニチヨウ", "日曜"), (r"曜び|曜日(?!曜)", "曜"),
    (r"じゅうにじ(?!か)", "12時"), (r"じゅういちじ(?!か)", "11時"), (r"じゅうじ(?!か)", "10時"),
    (r"ろくじ(?!か)", "6時"), (r"(?:しち|なな)じ(?!か)", "7時"), (r"はちじ(?!か)", "8時"),
    (r"さんじ(?!か)", "3時"),
    (r"よじ(?!か)(?=[にはごいすか半頃、]|$)", "4時"), (r"(?<=[のに、後])ごじ(?!か|つ)", "5時"),
    (r"(?<=[のに、])(?:くじ)(?!か)", "9時"),
    (r"(?<=[のに、])いちじ(?!か)", "1時"), (r"(?<=[のに、])にじ(?!か)", "2時"),
    (r"(?<=\d)じ(?![かゃ])|(?<=\d)ジ", "時"),
    (r"(?<!\d)(\d{1,2})[次字自](?=[にでのはを、。?!半]|から|ごろ|頃|以降|まで|くらい|ぐらい|$)", r"\1時"),
    (r"(?<=時)はん", "半"), (r"ついたち|(?<=月)朔日", "1日"), (r"はつか(?=[のにはか、。]|$)", "20日"),
    (r"monday|mon(?![a-z])", "月曜"), (r"tuesday|tues?(?![a-z])", "火曜"),
    (r"wednesday|wed(?![a-z])", "水曜"),
    (r"thursday|thu(?![a-z])", "木曜"), (r"friday|fri(?![a-z])", "金曜"), (r"saturday|sat(?![a-z])", "土曜"),
    (r"sunday|sun(?![a-z])", "日曜"), (r"tomorrow", "明日"), (r"today", "今日"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), word) for pattern, word in _SPELLINGS)

_SPACED = re.compile(
    r"(?<=\d)\s+(?=[時月日分:/]|がつ|にち(?!よ)|か(?=\s|$)|じ(?![かゃ])|[ふぷ]ん)|(?<=月|つ)\s+(?=\d)"
    r"|(?<=がつ)\s+(?=ふつか|みっか|よっか|いつか|むいか|なのか|ようか|ここのか|とおか)|(?<=じ|時)\s+(?=はん|半)"
)
""" "12 がつ 10 か 16 じ はん", as who learns Japanese writes it."""
_NOT_BUT = r"(?:じゃなく|やなく|ではなく)て?、?"
_CORRECTED = re.compile(
    rf"(?<![\d:/.時])(\d{{1,2}})({_NOT_BUT})(\d{{1,2}})(?=でした|です|だった|やった|や|[にので、。]|$)"
)
_OTHER_WEEK = re.compile(
    rf"({_DAY}曜)(?:なん|や|だ|です|けど|が|、|は|の件)*(?:今日|今週|来週)の?(?:分|やつ|方)?{_NOT_BUT}"
    r"(再?来週)の(?:やつ|方|ほう|分|ん(?=[でや])|(?=です|で|に))"
)
""" "Friday, not today but next week's"."""

_JOIN = r"(?:・|、|,|か|と|や|or|/|または|もしくは|〜|~|-|から|とか)"
_LONE = (
    re.compile(r"(?:^|(?<=、))([月火水木金土])(?=[はにで](?!\d)|の[午夕夜朝昼])"),
    re.compile(rf"(?<=[(])({_DAY})(?=[)・、祝])"),
    re.compile(rf"(?<=・)({_DAY})(?=[)])"),
    re.compile(rf"(?<=週)の?({_DAY})(?!曜|[一-龠]|末|にち)"),
    re.compile(rf"(?<=週)の?({_DAY})(?=午|夕|夜|朝|昼|{_JOIN}{_DAY})"),
    re.compile(rf"(?<![\d来今先毎本明昨祝休平々終翌再一-龠])({_DAY})(?={_JOIN}{_DAY}(?:曜|{_JOIN}{_DAY}曜))"),
    re.compile(rf"(?<![\d来今先毎本明昨祝休平々終翌一-龠])({_DAY})(?=(?:か|or|・|/){_DAY}(?![曜一-龠\d]))"),
    re.compile(rf"(?<=曜){_JOIN}({_DAY})(?![曜一-龠\d])"),
)
_RUN = re.compile(rf"(?<![\d来今先毎本明昨祝休平々終翌半])({_DAY}{{2,5}})(?![曜\d本付時程頃])")


def plain(text: str) -> str:
    """Full-width forms folded, figures for number kanji, kanji for kana, X曜 for any weekday."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[〜～~‐‑‒–—―−]|(?<=[\d時半分日曜月火水木金土)])ー", "-", folded)
    folded = _SPACED.sub("", folded.strip())
    folded = re.sub(r"\s+|，|､", "、", folded)
    folded = re.sub(r"、?(?:-+>|[→⇒➡]\ufe0f?|=>|>>)、?", "→", folded)
    folded = re.sub(r"(?<=[\d時分半日])、?-、?(?=\d)", "-", folded)
    folded = re.sub(r"一日(?=中|空|ずっと|フリー|大丈夫|ok|いつ|オフ|休)", "終日", folded)
    folded = re.sub(r"(?<=土日)・?祝(?!日)", "・祝日", folded)
    folded = _KANJI_NUMBER.sub(lambda found: str(_number(found[1])), folded)
    for pattern, word in _RULES:
        folded = pattern.sub(word, folded)
    folded = _CORRECTED.sub(_days_corrected, folded)
    folded = _OTHER_WEEK.sub(r"\2の\1", folded)
    folded = re.sub(r"(?<=[時分半日曜])、(?=(?:から|に|まで|は|を)(?:、|$))", "", folded)
    folded = re.sub(r"(?<=[時分半]から)、(?=\d)", "", folded)
    for pattern in _LONE:
        folded = pattern.sub(lambda found: found[0].replace(found[1], f"{found[1]}曜"), folded)
    return _RUN.sub(lambda found: _spread(found[1]), folded)


def _days_corrected(found: re.Match[str]) -> str:
    """ "21じゃなくて28": days, where they can be no hours."""
    last = max(int(found[1]), int(found[3]))
    return f"{found[1]}日{found[2]}{found[3]}日" if 24 < last <= 31 else found[0]


def _number(signs: str) -> int:
    if "十" not in signs:
        return int("".join(str(_DIGITS[sign]) for sign in signs))
    tens, _, ones = signs.partition("十")
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)


def _spread(run: str) -> str:
    """月水金 as 月曜・水曜・金曜; 土日 stays, it is a word of its own."""
    order = [WEEKDAYS.index(sign) for sign in run]
    if run == "土日" or len(set(order)) < len(order) or order != sorted(order):
        return run
    return "・".join(f"{sign}曜" for sign in run)
