"""The mail that the clinic reads: plain text and simple HTML, with the calendar file where there is one."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from bot.domain.language import Language, Localised
from bot.services.notice import Notice, mark
from bot.services.ports import Delivery, Texts


class Letters:
    """Writes mails from the clinic's address, in the clinic's language."""

    def __init__(self, texts: Texts, clinic_name: Localised, language: Language, sender: str) -> None:
        self._texts = texts
        self._clinic_name = clinic_name
        self._language = language
        self._sender = sender

    def letter(self, delivery: Delivery) -> EmailMessage:
        """The mail of a delivery; the same one at every try, with the same Message-ID."""
        notice = Notice.from_json(delivery.content)
        texts, language = self._texts, self._language
        name = self._clinic_name[language]
        headline = texts(f"notice.kind.{notice.kind}", language)
        lines = list(self._lines(notice))
        footer = texts("notice.footer", language, clinic=name)

        message = EmailMessage(policy=SMTP)
        host = self._sender.rpartition("@")[2]
        message["Message-ID"] = f"<{mark(delivery)}.teate@{host}>"
        if notice.reference:  # Mails about one request stand together.
            message["References"] = f"<{_one_line(notice.reference)}.teate@{host}>"
        message["Date"] = delivery.created_at
        message["From"] = Address(_one_line(name), addr_spec=self._sender)
        message["To"] = Address(addr_spec=delivery.address)
        message["Auto-Submitted"] = "auto-generated"  # no out-of-office replies (RFC 3834)
        message["Content-Language"] = language.value
        message["Subject"] = _one_line(self._subject(notice, headline))
        # Indented, so that no line of a client's note reads like one of ours.
        told = "\n".join(f"{label}: " + "\n    ".join(value.splitlines()) for label, value in lines)
        way = texts("notice.answer", language) if notice.answer else ""
        asked = f"\n\n{way}\n{notice.answer}" if notice.answer else ""
        message.set_content(f"{headline}\n\n{told}{asked}\n\n-- \n{footer}\n")
        link = f'<p><a href="{escape(notice.answer)}">{escape(way)}</a></p>\n' if notice.answer else ""
        message.add_alternative(_page(headline, lines, link, footer, language), subtype="html")
        if notice.calendar is not None:
            method = "CANCEL" if "METHOD:CANCEL" in notice.calendar else "PUBLISH"
            message.add_attachment(
                notice.calendar.encode(),
                maintype="text",
                subtype="calendar",
                filename=f"{_one_line(notice.reference)}.ics",
                params={"method": method, "charset": "utf-8"},
            )
        return message

    def _subject(self, notice: Notice, headline: str) -> str:
        if not notice.reference:
            return headline
        return self._texts(
            "notice.subject",
            self._language,
            reference=notice.reference,
            headline=headline,
            treatment=notice.treatment,
        )

    def _lines(self, notice: Notice) -> Iterator[tuple[str, str]]:
        """Label and value of everything that there is."""
        texts, language = self._texts, self._language
        if notice.trouble is not None:
            yield texts("notice.label.trouble", language), notice.trouble
            return
        screening = notice.screening.value if notice.screening else "not_asked"
        values = {
            "reference": notice.reference,
            "treatment": notice.treatment,
            "appointment": texts.when(notice.appointment_start, language) if notice.appointment_start else "",
            "times": " / ".join(texts.when(each, language) for each in notice.starts),
            "name": _one_line(notice.name),
            "phone": _one_line(notice.phone or ""),
            "language": texts(f"notice.language.{notice.language}", language),
            "screening": texts(f"notice.screening.{screening}", language),
            "note": notice.note,
            "goal": notice.goal,
            "activity_now": notice.activity_now,
            "suits": notice.suits,
            "reason": texts(f"notice.reason.{notice.reason}", language) if notice.reason else "",
            "remark": notice.remark,
        }
        for label, value in values.items():
            if value:
                yield texts(f"notice.label.{label}", language), value


def _page(headline: str, lines: list[tuple[str, str]], link: str, footer: str, language: Language) -> str:
    cell = 'style="padding:2px 12px 2px 0;vertical-align:top;text-align:left"'
    rows = "\n".join(
        f"<tr><th {cell}>{escape(label)}</th><td {cell}>{'<br>'.join(escape(value).splitlines())}</td></tr>"
        for label, value in lines
    )
    return (
        f'<!doctype html><html lang="{language.value}"><head><meta charset="utf-8"></head><body>\n'
        f"<h3>{escape(headline)}</h3>\n<table>\n{rows}\n</table>\n{link}<p><small>{escape(footer)}</small></p>\n"
        "</body></html>\n"
    )


def _one_line(text: str) -> str:
    """For a header: a line break in it would begin another header."""
    return " ".join(text.split())
