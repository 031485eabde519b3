"""What is shown to somebody in danger, or to whom the clinic must not promise anything yet."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from bot.answers.model import Need, Safety
from bot.answers.safety import Finding
from bot.answers.safety_texts import Helpline, SafetyTexts
from bot.domain.clinic import Clinic
from bot.domain.concern import About, Answer
from bot.domain.language import Language
from bot.handlers.callbacks import Verb, pack
from bot.services.ports import Texts
from bot.services.screens import Button, Screen

LINES = 3
"""Helplines in one message: a choice that can be made at such a moment."""


FOR_A_FRIEND, FOR_SOMEONE_ELSE, STILL_HERE = "for-a-friend", "for-someone-else", "still-here"
"""Keys of `messages` in safety.yaml."""

FRIENDS = {
    Safety.CRISIS_IMMINENT: FOR_A_FRIEND,
    Safety.CRISIS: FOR_A_FRIEND,
    Safety.CRISIS_OTHER: FOR_SOMEONE_ELSE,
}
"""Where a person who is near matters as much as a line: the message that is ready for them."""

ALARMS = {
    About.SELF: Finding(Safety.CRISIS),
    About.OTHER: Finding(Safety.CRISIS_OTHER),
    About.VIOLENCE: Finding(Safety.VIOLENCE),
    About.YOUNG: Finding(Safety.VIOLENCE, minor=True),
    About.HARM: Finding(Safety.HARM_OTHERS),
    About.BODY: Finding(Safety.MEDICAL_EMERGENCY),
}
"""What was found, as much of it as is still in mind."""


class SafetyViews:
    """Short, warm, with somebody to reach now."""

    def __init__(self, texts: Texts, safety: SafetyTexts, clinic: Clinic) -> None:
        self._texts = texts
        self._safety = safety
        self._clinic = clinic

    def crisis(self, finding: Finding, lang: Language, turn: int = 0) -> Screen:
        """`turn` counts how often this client was shown it, so that the words change."""
        lines = self._safety.lines(finding, lang)[:LINES]
        told = self._helplines(lines, lang)
        text = escape(self._safety.reply(finding).text(lang, turn), quote=False)
        text = text.replace("{helplines}", told) if "{helplines}" in text else f"{text}\n\n{told}"
        rows: tuple[tuple[Button, ...], ...] = ((self._sos(lang),),)
        if finding.safety in FRIENDS:
            rows = (self._friend(FRIENDS[finding.safety], lang), *rows)
        return Screen(text.strip(), rows)

    def stay(self, about: About, said: Answer, lang: Language) -> Screen:
        """The answer to short words after an alarm: whom to reach, words for a friend, or that help stays."""
        if said is Answer.JOKING:
            return self.still_here(lang)
        sos = (self._sos(lang),)
        if said is Answer.CALM:
            return Screen(self._texts.html("safety.calm", lang), (sos,))
        finding = ALARMS[about]
        friend = FRIENDS.get(finding.safety)
        ready = self._safety.messages[friend][lang] if friend else ""
        kind = About.VIOLENCE if about is About.YOUNG else about
        text = self._texts.html(f"safety.{said}.{kind}", lang, message=ready)
        if said is Answer.UNSAFE or not friend:
            text = f"{text}\n\n{self._helplines(self._safety.lines(finding, lang)[:LINES], lang)}"
        return Screen(text, (self._friend(friend, lang), sos) if friend else (sos,))

    def still_here(self, lang: Language) -> Screen:
        """After "I was joking": no reproach, and the button stays."""
        return Screen(escape(self._safety.messages[STILL_HERE][lang], quote=False), ((self._sos(lang),),))

    def _sos(self, lang: Language) -> Button:
        return Button(self._texts("button.sos", lang), pack(Verb.SOS))

    def _friend(self, key: str, lang: Language) -> tuple[Button, ...]:
        """Telegram lets the reader choose whom it goes to; the bot never learns it."""
        message = self._safety.messages[key][lang]
        return (
            Button(self._texts(f"button.{key}", lang), url=f"https://t.me/share/url?url={quote(message)}"),
        )

    def _helplines(self, lines: Sequence[Helpline], lang: Language) -> str:
        """With what happens when one calls the first: more would be a wall."""
        told = [self.helpline(each, lang) for each in lines]
        if lines:
            happens = escape(lines[0].what_happens[lang], quote=False)
            told[0] = f"{told[0]}\n<i>{happens}</i>"
        return "\n\n".join(told)

    def helpline(self, line: Helpline, lang: Language) -> str:
        return self._texts.html(
            "safety.line", lang, name=line.name[lang], number=line.number, hours=line.hours[lang]
        )

    def hold(self, finding: Finding, lang: Language, turn: int = 0) -> Screen:
        """A condition that the therapist must know of, or a sign that a doctor should see."""
        text = escape(self._safety.hold(finding, lang, turn), quote=False)
        lines = self._safety.lines(finding, lang)[:1] if finding.safety is Safety.MEDICAL_SOON else ()
        text = text.replace("{helplines}", "\n\n".join(self.helpline(each, lang) for each in lines))
        button = Button(self._texts("button.person", lang), pack(Verb.PERSON))
        return Screen(text.strip(), ((button,),))

    def distress(self, finding: Finding, need: Need, lang: Language, turn: int = 0) -> Screen:
        text = escape(self._safety.reply(finding).text(lang, turn), quote=False).replace("{helplines}", "")
        rows = (
            (Button(self._texts("button.tonight", lang), pack(Verb.SELF_CARE, need.value)),),
            (Button(self._texts("button.person", lang), pack(Verb.PERSON)),),
            (Button(self._texts("button.sos", lang), pack(Verb.SOS)),),
        )
        return Screen(text.strip(), rows)

    def note(self, finding: Finding, lang: Language) -> str:
        """The note that stands above an ordinary answer: what Teate cannot say, and who can."""
        return escape(self._safety.reply(finding).text(lang), quote=False).replace("{helplines}", "").strip()

    def sos(self, lang: Language) -> Screen:
        """Lines in the reader's language: verified, open round the clock, or named in a reply to a crisis."""
        named = self._safety.lines(ALARMS[About.SELF], lang)[:LINES]
        lines = [
            line
            for line in self._safety.helplines
            if line.on
            and lang.value in line.languages
            and (line.always_24h or line.verified_on is not None or line in named)
        ]
        told = "\n\n".join(self.helpline(each, lang) for each in lines)
        return Screen(f"{self._texts.html('sos.text', lang)}\n\n{told}", (self._friend(FOR_A_FRIEND, lang),))
