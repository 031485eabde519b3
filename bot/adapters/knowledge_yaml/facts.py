"""What clinic.yaml says, as the sentences that answers quote by `{name}`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from babel.numbers import format_decimal
from holidays import country_holidays

from bot.adapters.knowledge_yaml.schema import ClinicFile, Holidays
from bot.adapters.texts import Catalogues
from bot.domain.clinic import BookingRules, Clinic, Closure, Opening, Plan, Treatment
from bot.domain.language import Language, Localised

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

HOLIDAY_YEARS = range(2024, 2036)


def clinic_of(file: ClinicFile) -> Clinic:
    """The clinic's rules, from a file that has passed the schema."""
    holidays = country_holidays("JP", years=HOLIDAY_YEARS)
    terms = {language: wording(file, language) for language in Language}
    return Clinic(
        name=file.name,
        phone=file.contact.phone,
        zone=ZoneInfo(file.time_zone),
        week=tuple(tuple(_opening(span) for span in day) for day in file.hours.week),
        open_on_holidays=file.hours.holidays is Holidays.OPEN,
        holidays=frozenset(holidays.keys()),
        closures=tuple(Closure(each.start, each.until, each.reason) for each in file.hours.closures),
        therapists=file.therapists,
        treatments=tuple(
            Treatment(
                id=each.id,
                name=fill_each(each.name, terms),
                words={lang: tuple(words) for lang, words in each.words.items()},
                duration=timedelta(minutes=each.minutes),
                price_yen=each.price_yen,
            )
            for each in file.treatments
        ),
        plan=Plan(file.plan.name, file.plan.price_yen) if file.plan else None,
        booking=BookingRules(
            minimum_notice=timedelta(hours=file.booking.minimum_notice_hours),
            horizon=timedelta(days=file.booking.horizon_days),
            buffer=timedelta(minutes=file.booking.buffer_minutes),
            step=timedelta(minutes=file.booking.step_minutes),
            cancel_until=timedelta(hours=file.booking.cancel_until_hours),
            answer_within=timedelta(hours=file.booking.answer_within_hours),
            open_requests_per_client=file.booking.open_requests_per_client,
        ),
        languages=tuple(file.languages),
    )


def _opening(span: str) -> Opening:
    start, end = span.split("-")
    # 24:00 is how people write the end of a day.
    return Opening(time.fromisoformat(start), time.min if end == "24:00" else time.fromisoformat(end))


def wording(file: ClinicFile, language: Language) -> dict[str, str]:
    """The words that depend on the licence."""
    return {name: text[language] for name, text in file.wording.get(file.licence, {}).items()}


def facts_of(file: ClinicFile, clinic: Clinic, texts: Catalogues, language: Language) -> dict[str, str]:
    """Everything that a text may ask for by `{name}`; what clinic.yaml does not say is not in it."""
    rules = file.booking
    facts: dict[str, str | None] = {
        "name": file.name[language],
        "phone": file.contact.phone,
        "email": file.contact.email,
        "website": file.contact.website,
        "address": file.address.text[language] if file.address else None,
        "map": file.address.map if file.address else None,
        "hours": _hours(file, clinic, texts, language),
        "prices": "\n".join(
            texts("facts.price", language, name=each.name[language], yen=_number(each.price_yen, language))
            for each in _bookable(clinic)
        ),
        "treatments": "\n".join(f"・{each.name[language]}" for each in _bookable(clinic)),
        "plan_price": texts("facts.yen", language, yen=_number(clinic.plan.price_yen, language))
        if clinic.plan
        else None,
        "minimum_notice": texts("facts.hours", language, count=rules.minimum_notice_hours),
        "cancel_until": texts("facts.hours", language, count=rules.cancel_until_hours),
        "answer_within": texts("facts.hours", language, count=rules.answer_within_hours),
        **{name: text[language] for name, text in file.facts.items()},
        **wording(file, language),
    }
    return {name: fact for name, fact in facts.items() if fact}


FACT_NAMES = frozenset(
    {"name", "phone", "email", "website", "address", "map", "hours", "prices", "treatments"}
    | {"plan_price", "minimum_notice", "cancel_until", "answer_within"}
)
"""What clinic.yaml can say beside `facts` and `wording`; any of the optional ones may be missing."""

OPTIONAL_FACTS = frozenset(
    {"parking", "payment", "cancellation", "therapist_choice"}
    | {"spoken_languages", "children", "insurance", "clothes"}
)
"""Facts that the shipped answers ask for, and that an owner may take out of clinic.yaml."""


def _bookable(clinic: Clinic) -> Iterator[Treatment | Plan]:
    """All that the form offers, in its order."""
    yield from clinic.treatments
    if clinic.plan:
        yield clinic.plan


def _number(number: int, language: Language) -> str:
    return str(format_decimal(number, locale=language.value))


def _day_name(weekday: int, language: Language) -> str:
    return str(get_day_names("abbreviated", locale=language.value)[weekday])


def _hours(file: ClinicFile, clinic: Clinic, texts: Catalogues, language: Language) -> str:
    closed = texts("facts.closed", language)
    lines = [
        texts(
            "facts.day_hours",
            language,
            name=_day_name(weekday, language),
            times=texts("facts.join", language).join(spans).replace("-", "–") if spans else closed,
        )
        for weekday, spans in enumerate(file.hours.week)
    ]
    if file.hours.holidays is Holidays.CLOSED:
        lines.append(texts("facts.day_hours", language, name=texts("facts.holidays", language), times=closed))
    lines += [
        texts("facts.day_hours", language, name=texts.closure(each, language), times=closed)
        for each in clinic.closures
    ]
    return "\n".join(lines)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put the facts in; a placeholder without one stays, and `missing` names it."""
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), text)


def fill_each(text: Localised, facts: Mapping[Language, Mapping[str, str]]) -> Localised:
    """The same in each language, from that language's facts."""
    return {language: fill(words, facts[language]) for language, words in text.items()}


def missing(text: str, known: Iterable[str]) -> frozenset[str]:
    """Names that the text asks for and that are not among the known."""
    return frozenset(PLACEHOLDER.findall(text)).difference(known)
