"""What short words mean to somebody who has just asked "are you safe?"."""

import pytest

from bot.domain.concern import Answer
from bot.services.stay import read

UNSAFE = """
no
Nope.
no im not safe
not safe
I'm not ok
no, he is here
he's here
yes but he is here
I’m alone
nobody
i can't
maybe
help me
please help
can you help me?
this is not a joke
いいえ
いいえ、家にいます
ううん
安全じゃない
大丈夫じゃないです
ひとりです
一人です
だれもいません
無理です
わかりません
助けて
はい、でも夫がいます
冗談じゃない
"""
PLEASE = """
yes
Yes, please!
ok
sure
please
send it please
can you send the message?
i would like that
はい
うん
お願いします
はい、お願いします。
おねがい
送ってください
"""
CALM = """
thanks
ok thank you
I'm safe now
im ok
yes i am safe
大丈夫です
はい、大丈夫です
ありがとうございます
今は安全です
"""
JOKING = """
just kidding
it was only a joke lol
never mind
大丈夫、冗談です
"""
ELSE = """
what are your opening hours?
no way of telling whether the massage on Thursday is still on, is there, because I lost the mail
Hana Ito
my bookings
60 min massage on the 27th
営業時間を教えてください
予約をお願いしたいのですが
"""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (text, meant)
        for meant, texts in [
            (Answer.UNSAFE, UNSAFE),
            (Answer.PLEASE, PLEASE),
            (Answer.CALM, CALM),
            (Answer.JOKING, JOKING),
            (None, ELSE),
        ]
        for text in texts.strip().splitlines()
    ],
)
def test_short_words_are_heard_as_an_answer_and_nothing_else_is(text: str, meant: Answer | None) -> None:
    assert read(text) is meant
