"""How a complete form becomes a request."""

from datetime import UTC, datetime

from bot.domain.desk import Desk, check_free, length
from bot.domain.errors import FormRefused
from bot.domain.form import Form, FormRefusal, Step, next_step
from bot.domain.language import Language
from bot.domain.requests import Request


def sent(
    form: Form,
    desk: Desk,
    *,
    request_id: int,
    reference: str,
    client_id: int,
    language: Language,
    open_requests: int,
) -> Request:
    """The request that a complete form asks for.

    Raises:
        FormRefused: incomplete; too_many; or what became of a time meanwhile, with the step to reopen.
    """
    duration, steps_left = length(form, desk), next_step(form)
    if form.changing is not None or steps_left is not Step.SUMMARY:
        raise FormRefused(FormRefusal.INCOMPLETE, steps_left)
    if duration is None:
        raise FormRefused(FormRefusal.NO_SUCH_TREATMENT, Step.TREATMENT)
    if open_requests >= desk.clinic.booking.open_requests_per_client:
        raise FormRefused(FormRefusal.TOO_MANY, Step.SUMMARY)
    return Request(
        id=request_id,
        reference=reference,
        client_id=client_id,
        language=language,
        kind=form.kind,
        treatment_id=form.treatment_id,
        duration=duration,
        wished=times_of(form, desk),
        personal=form.personal,
        screening=desk.screening.outcome(form.health) if form.consent else None,
        created_at=desk.now.astimezone(UTC),
    )


def times_of(form: Form, desk: Desk) -> tuple[datetime, ...]:
    """First and second choice, checked once more; for a change this is what the move takes.

    Raises:
        FormRefused: too_soon or slot_taken, with the step to reopen.
    """
    if next_step(form) is not Step.SUMMARY:
        raise FormRefused(FormRefusal.INCOMPLETE, next_step(form))
    duration = length(form, desk)
    for start, step in ((form.start, Step.TIME), (form.second_start, Step.SECOND_DAY)):
        if start and duration:
            check_free(start, duration, step, desk)
    return form.times
