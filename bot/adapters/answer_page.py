"""The page behind a link of a letter: a request, and a form that confirms or declines it.

GET changes nothing: mail scanners follow every link. Name and number are not shown: they stand in the letter.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Final

from aiohttp import web

from bot.domain.clinic import Clinic
from bot.domain.errors import Forged, MoveRefused, StoreUnavailable
from bot.domain.lifecycle import Move, Reason, Refusal
from bot.domain.requests import Request
from bot.services.answer_by_link import ANSWER_PATH, Answerable, AnswerByLink
from bot.services.notice import treatment_of
from bot.services.ports import Texts

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    # The address is the right to answer: it is told to nobody.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

STYLE: Final = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;"
    "color:#222;background:#fff}button,select{font:inherit;padding:.6rem 1rem;margin:.3rem 0;width:100%;"
    "box-sizing:border-box}form{margin:1.2rem 0}dt{font-weight:600}dd{margin:0 0 .6rem}"
    ".told{padding:.8rem 1rem;background:#eef5ee;border-left:.3rem solid #3a7d44}"
)


class AnswerPage:
    """In the clinic's language."""

    def __init__(self, answers: AnswerByLink, clinic: Clinic, texts: Texts) -> None:
        self._answers = answers
        self._clinic = clinic
        self._texts = texts
        self._lang = clinic.languages[0]

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.get(ANSWER_PATH, self.show), web.post(ANSWER_PATH, self.take)]

    async def show(self, request: web.Request) -> web.Response:
        try:
            return self._page(await self._answers.look(request.match_info["token"]))
        except Forged:
            return self._gone()
        except StoreUnavailable:
            return self._later()

    async def take(self, request: web.Request) -> web.Response:
        """A decision; said again it changes nothing, and somebody else's stands."""
        token, form = request.match_info["token"], await request.post()
        try:
            seen = int(str(form.get("version", "")))
            if "start" in form:
                start = datetime.fromisoformat(str(form["start"]))
                done = await self._answers.confirm(token, start.astimezone(self._clinic.zone), seen)
            else:
                done = await self._answers.decline(token, Reason(str(form.get("reason", ""))), seen)
        except Forged:
            return self._gone()
        except StoreUnavailable:
            return self._later()
        except (ValueError, OverflowError):
            return self._plain("answer.unreadable", 400)
        except MoveRefused as refused:
            now = self._answers.seen(refused.request)
            repeated = refused.reason is Refusal.REPEATED
            return self._page(now, self._refused(refused), status=200 if repeated else 409)
        return self._page(done, self._say("answer.done"))

    def _refused(self, refused: MoveRefused) -> str:
        last = refused.request.last
        return self._say(
            f"staff.refused.{refused.reason}",
            reference=refused.request.reference,
            state=self._texts(f"card.state.{refused.request.state}", self._lang),
            who=last.by.label if last else "",
        )

    def _page(self, held: Answerable, told: str = "", status: int = 200) -> web.Response:
        request = held.request
        parts = [f"<h1>{escape(request.reference)}</h1>"]
        if told:
            parts.append(f'<p class="told">{told}</p>')
        parts.append("<dl>" + "".join(self._lines(request)) + "</dl>")
        version = f'<input type="hidden" name="version" value="{request.version}">'
        if Move.CONFIRM in held.moves and request.open_times:
            buttons = "".join(
                f'<button name="start" value="{start.isoformat()}">'
                f"{self._say('answer.confirm', when=self._when(start))}</button>"
                for start in request.open_times
            )
            parts.append(f'<form method="post">{version}{buttons}</form>')
        if Move.DECLINE in held.moves:
            options = "".join(
                f'<option value="{each}">{self._say(f"notice.reason.{each}")}</option>' for each in Reason
            )
            parts.append(
                f'<form method="post">{version}<label>{self._say("answer.reason")}'
                f'<select name="reason" required><option value=""></option>{options}</select></label>'
                f"<button>{self._say('answer.decline')}</button></form>"
            )
        parts.append(f"<p>{self._say('answer.otherwise' if held.moves else 'answer.nothing')}</p>")
        return self._html("".join(parts), status)

    def _lines(self, request: Request) -> Iterator[str]:
        appointment = request.appointment
        values = {
            "treatment": treatment_of(request, self._clinic, self._lang) or request.treatment_id or "",
            "times": " / ".join(self._when(each) for each in request.open_times),
            "appointment": self._when(appointment.start) if appointment else "",
        }
        for label, value in values.items():
            if value:
                yield f"<dt>{self._say(f'notice.label.{label}')}</dt><dd>{escape(value)}</dd>"
        state = self._say(f"card.state.{request.state}")
        yield f"<dt>{self._say('answer.state')}</dt><dd>{state}</dd>"

    def _when(self, moment: datetime) -> str:
        return self._texts.when(moment.astimezone(self._clinic.zone), self._lang)

    def _say(self, key: str, **values: object) -> str:
        return self._texts.html(key, self._lang, None, **values)

    def _gone(self) -> web.Response:
        return self._plain("answer.gone", 404)

    def _later(self) -> web.Response:
        return self._plain("answer.later", 503)

    def _plain(self, key: str, status: int) -> web.Response:
        return self._html(f"<p>{self._say(key)}</p>", status)

    def _html(self, body: str, status: int) -> web.Response:
        text = (
            f'<!doctype html><html lang="{self._lang.value}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{self._say('answer.title')}</title><style>{STYLE}</style></head><body>{body}</body></html>"
        )
        return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)
