"""Whatever clients, staff and the clock do in whatever order: the table holds, no time is given twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain import hours
from bot.domain.errors import MoveRefused
from bot.domain.lifecycle import (
    ACTORS,
    APPOINTMENTS,
    LIVE,
    TABLE,
    TALK,
    WITH_SLOT,
    Actor,
    Move,
    Reason,
    Refusal,
    State,
)
from bot.domain.moves import clock_due, move, moves_for
from bot.domain.requests import CLOCK, By, Request
from bot.domain.slots import Cell, askable, askable_slots
from tests.domain.samples import KEN, NOW, ONE_THERAPIST, YUKI, wish

CLINIC = replace(ONE_THERAPIST, booking=replace(ONE_THERAPIST.booking, horizon=timedelta(days=6)))
BUFFER = CLINIC.booking.buffer
HOUR = timedelta(hours=1)
TAPS = 12
OVER = frozenset(State) - LIVE - {State.DONE, State.NO_SHOW}

# Few enough that requests meet; some lie in breaks, at night, on closed days or off the step.
TIMES = st.builds(
    lambda day, minutes: NOW.replace(hour=0) + timedelta(days=day, minutes=minutes),
    st.integers(0, 7),
    st.sampled_from([595, 600, 610, 630, 660, 720, 750, 780, 840, 960, 1080, 1110, 1200]),
)
CLIENTS = st.sampled_from([By(Actor.CLIENT, 1), By(Actor.CLIENT, 2)])
ANYBODY = st.one_of(CLIENTS, st.sampled_from([YUKI, KEN, CLOCK]))


class Taken(Exception):
    """What a database says that holds a cell already."""


class Rows:
    """The database's table of cells, unique by lane and number, written in one transaction."""

    def __init__(self) -> None:
        self.owner: dict[Cell, int] = {}

    def write(self, request: Request) -> None:
        cells = request.cells(BUFFER)
        if any(self.owner.get(cell, request.id) != request.id for cell in cells):
            raise Taken
        self.owner = {cell: owner for cell, owner in self.owner.items() if owner != request.id}
        self.owner |= dict.fromkeys(cells, request.id)


class Book(RuleBasedStateMachine):
    """A clinic with one therapist, for a week."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.rows = Rows()
        self.requests: dict[int, Request] = {}

    @initialize(data=st.data())
    def the_week_begins(self, data: st.DataObject) -> None:
        for number in (1, 2, 2):
            self.a_client_asks_for_an_appointment(client=By(Actor.CLIENT, number), data=data)

    @rule(client=CLIENTS, data=st.data())
    def a_client_asks_for_an_appointment(self, client: By, data: st.DataObject) -> None:
        self.new(client.id, data.draw(self.some_times(())))

    def new(self, client_id: int, times: tuple[datetime, ...]) -> Request:
        request = wish(*times, request_id=len(self.requests) + 1, client_id=client_id)
        self.requests[request.id] = replace(request, created_at=self.now)
        return self.requests[request.id]

    @rule(hours=st.integers(1, 8))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_clock_ticks(self) -> None:
        for request in list(self.requests.values()):
            due = clock_due(request, CLINIC)
            if due and due[1] <= self.now:
                self.moves(request, due[0], CLOCK, (), stale=False)
                assert self.requests[request.id].state is not request.state

    @rule(random=st.integers(0, 2**32).map(Random), stale=st.booleans(), chatty=st.booleans())
    def people_tap_what_is_offered(self, random: Random, stale: bool, chatty: bool) -> None:
        """Many taps at once: one by one they would seldom go deep."""
        for _ in range(TAPS):
            live = [each for each in self.requests.values() if each.state not in OVER]
            request = random.choice(live) if live else self.new(random.randint(1, 2), self.calendar()[:2])
            choices = [
                (by, what)
                for by in (By(Actor.CLIENT, request.client_id), YUKI, KEN)
                for what in moves_for(request, by, self.now, CLINIC)
                if chatty or what not in TALK
            ]
            if choices:
                by, what = random.choice(choices)
                named = request.open_times if what in (Move.CONFIRM, Move.ACCEPT) else ()
                times = (random.choice(named or self.calendar()),)
                self.moves(request, what, by, times, stale=stale)
            self.now += timedelta(minutes=random.choice((0, 0, 20, 90)))
            self.no_appointment_is_doubled()

    @rule(what=st.sampled_from(Move), by=ANYBODY, data=st.data(), seen=st.none() | st.integers(0, 3))
    def somebody_sends_what_no_button_offers(
        self, what: Move, by: By, data: st.DataObject, seen: int | None
    ) -> None:
        request = data.draw(self.some_request())
        times = data.draw(st.lists(TIMES, max_size=3).map(tuple) | self.some_times(request.open_times))
        self.moves(request, what, by, times, stale=True, seen=seen)

    def some_request(self) -> st.SearchStrategy[Request]:
        return st.sampled_from([self.requests[each] for each in sorted(self.requests)])

    def some_times(self, named: tuple[datetime, ...]) -> st.SearchStrategy[tuple[datetime, ...]]:
        """Times that were named before; or else such as the calendar shows, if there are any."""
        if named:
            return st.sampled_from(named).map(lambda each: (each,))
        shown = st.sampled_from(self.calendar())
        return st.lists(shown, min_size=1, max_size=2, unique=True).map(tuple)

    def calendar(self) -> tuple[datetime, ...]:
        """Times that clients may ask for, free or not; not all of them, so that requests meet."""
        first = hours.today(CLINIC, self.now)
        coming = (first + timedelta(days=each) for each in range(7))
        return tuple(each for day in coming for each in askable_slots(CLINIC, HOUR, day, self.now))[::5]

    def moves(
        self,
        before: Request,
        what: Move,
        by: By,
        times: tuple[datetime, ...],
        *,
        stale: bool,
        seen: int | None = None,
    ) -> None:
        """A use case: read, move, write. `stale`: another process has written since the reading."""
        taken = frozenset() if stale else frozenset(self.rows.owner)
        try:
            after = move(
                before, what, by, self.now, CLINIC, times=times, taken=taken, reason=Reason.OTHER, seen=seen
            )
            self.rows.write(after)
        except MoveRefused as refused:
            assert refused.request is before
            assert refused.reason is not Refusal.SLOT_TAKEN or not stale
            return
        except Taken:
            assert stale
            return
        assert TABLE[before.state, what] is after.state
        assert by.actor in ACTORS[what]
        assert by.actor is not Actor.CLIENT or by.id == before.client_id
        assert after.version == before.version + 1
        if what in (Move.CONFIRM, Move.ACCEPT):
            assert after.appointment and after.appointment.start in before.open_times
            assert after.appointment.start > self.now
        if what in (Move.COUNTER, Move.ASK_CHANGE):
            assert all(askable(CLINIC, each, after.duration, self.now) for each in after.open_times)
        self.requests[before.id] = after

    @invariant()
    def no_appointment_is_doubled(self) -> None:
        held = [(slot, each.id) for each in self.requests.values() for slot in each.held]
        for number, (one, owner) in enumerate(held):
            for other, another in held[:number]:
                apart = max(one.start - other.end, other.start - one.end)
                assert owner == another or one.lane != other.lane or apart >= BUFFER

    @invariant()
    def no_appointment_lies_outside_opening_hours(self) -> None:
        for request in self.requests.values():
            assert all(hours.is_open_throughout(CLINIC, each.start, each.end) for each in request.held)

    @invariant()
    def every_request_is_of_one_piece(self) -> None:
        for request in self.requests.values():
            state = request.state
            assert (request.appointment is not None) is (state in WITH_SLOT or state is State.CANCELLED)
            by = request.proposal and request.proposal.by
            assert (by is Actor.STAFF) is (state in (State.PROPOSED_BY_CLINIC, State.CHANGE_PROPOSED))
            assert (by is Actor.CLIENT) is (state in (State.PROPOSED_BY_CLIENT, State.CHANGE_REQUESTED))
            assert state in LIVE or request.asked_at is None
            assert (clock_due(request, CLINIC) is not None) is (state in LIVE)
            assert state in APPOINTMENTS or state in (State.NO_SHOW, State.DONE) or len(request.held) <= 1


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
