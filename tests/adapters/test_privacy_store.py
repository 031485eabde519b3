"""What belongs to a client: every table is known, all of it is read, all of it goes, on both databases."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.adapters.store.cipher import Cipher
from bot.adapters.store.database import Database
from bot.adapters.store.privacy import OF_CLIENTS, OF_NOBODY
from bot.adapters.store.tables import metadata
from bot.domain.care import Need
from bot.domain.check_ins import CheckIn
from bot.domain.concern import About, Concern
from bot.domain.form import Form
from bot.domain.language import Language
from bot.domain.lifecycle import Actor, Move, Reason, State
from bot.domain.reminders import ReminderTimes
from bot.domain.requests import NOBODY, Act, By, Kind, Personal, Request
from bot.domain.screening import Outcome
from bot.domain.slots import Slot
from bot.domain.subject import Subject
from bot.services.ports import Consent, RunningGuide, Waiting
from bot.services.retain import Keep, Retain, without_person
from tests.clock import FakeClock

HANA = 6_000_000_001
KEN = 6_000_000_002
SAID = Personal("Hana Ito", "+819012345678", "left shoulder", "a race", "runs", "evenings")
TEXTS = ("Hana", "+8190", "shoulder", "marriage", "parrot", "left one")
NEVER = timedelta(days=3650)


class NoGroup:
    """A clinic without a group: there is nothing to edit."""

    def __init__(self) -> None:
        self.forgot: list[str] = []

    async def changed(self, tx: object, request: Request, now: object) -> None:
        self.forgot.append(f"changed {request.id}")

    async def forgotten(self, tx: object, request: Request, now: object) -> None:
        self.forgot.append(f"forgotten {request.id}")

    async def below_forgotten(self, tx: object, request: Request, now: object) -> None:
        self.forgot.append(f"below {request.id}")

    async def question_forgotten(self, tx: object, handover_id: int, now: object) -> None:
        self.forgot.append(f"question {handover_id}")


def request_of(client_id: int, number: int, clock: FakeClock, state: State = State.DONE) -> Request:
    start = clock() + timedelta(hours=1)
    return Request(
        id=number,
        reference=f"TM-{number:04}",
        client_id=client_id,
        language=Language.EN,
        kind=Kind.APPOINTMENT,
        treatment_id="massage-60",
        duration=timedelta(hours=1),
        wished=(start,),
        personal=SAID,
        screening=Outcome.DOCTOR_FIRST,
        created_at=clock(),
        state=state,
        appointment=Slot(start, start + timedelta(hours=1), 0),
        last=Act(Move.CANCEL, By(Actor.CLIENT, client_id), clock()),
        reason=Reason.DOCTOR_FIRST,
    )


async def fill(store: Database, client_id: int, number: int, clock: FakeClock) -> None:
    """A row of the client in every table that has rows of clients."""
    now = clock()
    async with store.transaction() as tx:
        await tx.clients.meet(client_id, Language.EN, now)
        for kind in Consent:
            await tx.care.give_consent(client_id, kind, now)
        await tx.requests.add(request_of(client_id, number, clock), None)
        await tx.remarks.add(number, "is it the left one?", by_clinic=True, now=now)
        await tx.reminders.plan(number, [(24, now)])
        await tx.forms.save(client_id, Form(personal=SAID), now)
        await tx.places.join(client_id, Language.EN, "massage-60", date(2026, 11, 27), now)
        await tx.remarks.hand_over(client_id, Language.EN, "my marriage", now)
        await tx.questions.add_unanswered(client_id, Language.EN, "my parrot", "hand_over", now)
        await tx.questions.add_feedback(client_id, "hours", helped=True, now=now)
        await tx.care.add_experience(client_id, "breathing", now)
        await tx.care.add_check_in(client_id, CheckIn(now, 2, Need.SLEEP))
        times = ReminderTimes(time(21), frozenset({0}), time(22), time(7), ZoneInfo("Asia/Tokyo"))
        await tx.care.set_reminder(client_id, times, now)
        await tx.care.start_guide(RunningGuide(client_id, "breathing", "sleep", 2, Language.EN, 5, now, 0))
        await tx.threads.keep(client_id, Concern(About.VIOLENCE, now + NEVER), now)
        await tx.threads.turn_to(client_id, Subject("cortisol"), now)
        await tx.shown.remember(client_id, "form", 9, now)
        await tx.inbox.add([Waiting(number, client_id, '{"text": "my marriage"}', 0)], now)
        await tx.inbox.done(number, now)
        sent = await tx.outbox.add("telegram", str(client_id), "dear Hana Ito", now=now)
        await tx.outbox.sent(sent.id, now)
        await tx.outbox.add("telegram", str(client_id), "dear Hana Ito", now=now + NEVER)


async def rows(store: Database) -> dict[str, list[str]]:
    """Every row of every table, opened, as text."""
    found = {}
    async with store.transaction() as tx:
        connection = tx._connection
        for table in metadata.sorted_tables:
            held = (await connection.execute(table.select())).mappings()
            found[table.name] = [
                repr(
                    {
                        name: store._cipher.open(value) if isinstance(value, bytes) else value
                        for name, value in row.items()
                    }
                )
                for row in held
            ]
    return found


def test_every_table_belongs_to_clients_or_to_nobody() -> None:
    assert set(OF_CLIENTS) | OF_NOBODY == set(metadata.tables.values())
    assert not set(OF_CLIENTS) & OF_NOBODY


async def test_the_test_fills_every_table_that_has_rows_of_clients(store: Database, clock: FakeClock) -> None:
    await fill(store, HANA, 1, clock)
    held = await rows(store)
    assert {table.name for table in OF_CLIENTS} == {name for name, each in held.items() if each} - {"notes"}


async def test_a_client_reads_everything_of_theirs_and_nothing_of_others(
    store: Database, clock: FakeClock
) -> None:
    await fill(store, HANA, 1, clock)
    await fill(store, KEN, 2, clock)
    async with store.transaction() as tx:
        found = await tx.personal_data.everything(HANA)
    assert list(found) == [each.name for each in OF_CLIENTS.values()]
    whole = json.dumps(found, ensure_ascii=False)
    for part in ("Hana Ito", "+819012345678", "left shoulder", "my parrot", "my marriage", "doctor_first"):
        assert part in whole
    assert str(KEN) not in whole and "TM-0002" not in whole
    # Whoever else has the phone in their hands learns nothing of it.
    assert About.VIOLENCE not in whole
    assert found["where_the_talk_stands"][0]["subject"] == {"entry": "cortisol", "at": clock().isoformat()}
    assert [each["kind"] for each in found["consents"]] == sorted(each.value for each in Consent)
    assert found["check_ins"][0]["content"] == {"face": 2, "need": "sleep", "offered": False}


async def test_erasing_leaves_no_row_that_leads_to_the_client(store: Database, clock: FakeClock) -> None:
    await fill(store, HANA, 1, clock)
    await fill(store, KEN, 2, clock)
    before = await rows(store)
    async with store.transaction() as tx:
        (place,) = [each for each in await tx.places.all() if each.client_id == HANA]
        await tx.places.leave(place.id)
        await tx.personal_data.erase(HANA)
        request = await tx.requests.get(1)
        assert request is not None
        await tx.personal_data.rewrite(without_person(request))
        assert await tx.personal_data.everything(HANA) == {}
    after = await rows(store)
    left = "\n".join(line for held in after.values() for line in held if "TM-0002" not in line)
    for trace in (str(HANA), "TM-0001 Hana"):
        assert trace not in left
    (booked,) = [line for line in after["requests"] if "TM-0001" in line]
    for trace in (str(HANA), "Hana", "+8190", "shoulder", "race", "doctor_first"):
        assert trace not in booked
    for kept in ("massage-60", "done", "2026"):
        assert kept in booked
    assert f"'chat_id': {NOBODY}" in "".join(after["inbox"]), "known, so not taken twice"
    for name, held in before.items():
        of_ken = [line for line in held if str(KEN) in line]
        assert [line for line in after[name] if str(KEN) in line] == of_ken, name


async def test_an_update_that_waits_is_not_erased(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.inbox.add([Waiting(7, HANA, "{}", 0)], clock())
        await tx.personal_data.erase(HANA)
        assert await tx.inbox.first(HANA) is not None


async def test_what_is_on_its_way_to_the_clinic_about_a_request_is_taken_back(
    store: Database, clock: FakeClock
) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add("telegram", "-100", '{"html": "TM-0001 Hana Ito"}', key="about:1:ff", now=clock())
        await tx.outbox.add("email", "a@example.com", '{"reference": "TM-0001"}', key="TM-0001", now=clock())
        await tx.outbox.add("telegram", "-100", '{"html": "TM-0002"}', key="card:2", now=clock())
        await tx.personal_data.unqueue_about(["TM-0001"])
        left = await tx.outbox.claim(clock(), timedelta(minutes=1), 9)
    assert [each.key for each in left] == ["card:2"]


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (29, {"screening", "person", "unanswered", "mood", "handover"}),
        (31, {"person", "unanswered", "mood", "handover"}),
        (91, {"person", "unanswered", "handover"}),
        (181, {"person"}),
        (366, set()),
    ],
)
async def test_each_kind_is_kept_as_long_as_the_setting_says(
    store: Database, clock: FakeClock, days: int, kept: set[str]
) -> None:
    await fill(store, HANA, 1, clock)
    clock.move(timedelta(days=days))
    async with store.transaction() as tx:
        await Retain(Keep(), NoGroup()).tick(tx, clock())
    assert await _kept(store) == kept


async def _kept(store: Database) -> set[str]:
    async with store.transaction() as tx:
        request = await tx.requests.get(1)
        assert request is not None
        return {
            name
            for name, held in {
                "screening": request.screening,
                "person": request.personal.name and request.client_id,
                "unanswered": await tx.questions.unanswered(9),
                "mood": await tx.care.check_ins(HANA),
                "handover": await tx.remarks.handover(1),
            }.items()
            if held
        }


async def test_shorter_settings_are_obeyed(store: Database, clock: FakeClock) -> None:
    await fill(store, HANA, 1, clock)
    clock.move(timedelta(days=3))
    day = timedelta(days=1)
    group = NoGroup()
    async with store.transaction() as tx:
        await Retain(Keep(day, day, day, day), group).tick(tx, clock())
    assert await _kept(store) == set()
    assert group.forgot == ["forgotten 1", "question 1"]


async def test_what_is_live_is_never_touched(store: Database, clock: FakeClock) -> None:
    async with store.transaction() as tx:
        await tx.clients.meet(HANA, Language.EN, clock())
        await tx.requests.add(request_of(HANA, 1, clock, State.CONFIRMED), None)
    clock.move(NEVER)
    async with store.transaction() as tx:
        await Retain(Keep(), NoGroup()).purge(tx, clock())
        request = await tx.requests.get(1)
    assert request is not None and request.personal == SAID and request.screening is not None


async def test_purging_happens_once_an_hour(store: Database, clock: FakeClock) -> None:
    retain = Retain(Keep(), NoGroup())
    async with store.transaction() as tx:
        await retain.tick(tx, clock())
    clock.move(timedelta(days=400))
    await fill(store, HANA, 1, clock)
    clock.move(timedelta(days=400))
    async with store.transaction() as tx:
        await retain.tick(tx, clock())
        assert not await tx.questions.unanswered(9)
        await tx.questions.add_unanswered(HANA, Language.EN, "x", "hand_over", clock() - timedelta(days=200))
        await retain.tick(tx, clock())
        assert await tx.questions.unanswered(9)
        await retain.tick(tx, clock() + timedelta(hours=1))
        assert not await tx.questions.unanswered(9)


async def test_the_file_holds_nothing_of_who_was_erased(tmp_path: Path, clock: FakeClock) -> None:
    store = Database(f"sqlite:///{tmp_path}/teate.db", Cipher(Cipher.new_key()))
    await store.prepare()

    def lying(trace: bytes) -> bool:
        return any(trace in path.read_bytes() for path in tmp_path.iterdir())

    traces = (HANA.to_bytes(6, "big"), str(HANA).encode())
    await fill(store, HANA, 1, clock)
    assert all(map(lying, traces)), "what is looked for is there before"
    assert not lying(b"Hana") and not lying(b"marriage"), "texts are sealed all the time"
    assert (tmp_path / "teate.db").stat().st_mode & 0o777 == 0o600
    async with store.transaction() as tx:
        for place in await tx.places.all():
            await tx.places.leave(place.id)
        await tx.personal_data.erase(HANA)
        await tx.personal_data.rewrite(without_person(request_of(HANA, 1, clock)))
    await store.tidy()
    assert (tmp_path / "teate.db-wal").stat().st_size == 0
    assert not any(map(lying, traces))
    await store.close()


async def test_texts_health_and_names_stand_in_sealed_columns_alone(
    store: Database, clock: FakeClock
) -> None:
    await fill(store, HANA, 1, clock)
    decided = Act(Move.DECLINE, By(Actor.STAFF, 5, "Aoi Mori"), clock())
    async with store.transaction() as tx:
        await tx.requests.add(replace(request_of(KEN, 2, clock), last=decided), None)
        for table in metadata.sorted_tables:
            for column in table.columns:
                query = text(f'SELECT CAST("{column.name}" AS TEXT) FROM "{table.name}"')
                held = (await tx._connection.execute(query)).scalars().all()
                for trace in (*TEXTS, "doctor_first", "screening", "Aoi Mori"):
                    assert not any(trace in str(each) for each in held), (table.name, column.name)
