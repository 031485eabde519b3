"""The whole small Telegram, in memory: who there is, what was said, and what the bot is told."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count

from bot.trial.acting import Actor
from bot.trial.errors import Json
from bot.trial.faults import Faults
from bot.trial.files import FileStore
from bot.trial.journal import Happening, Journal
from bot.trial.limits import Flood, Limits
from bot.trial.messages import Message
from bot.trial.people import Chat, ChatKind, Person, Standing
from bot.trial.profile import Profile
from bot.trial.queries import Call, InlineQuery, Tap
from bot.trial.updates import UpdateQueue

TRIAL_TOKEN = "7000000001:only-for-the-trial-no-real-bot-0000"  # noqa: S105 - opens nothing but the trial
FIRST_CLIENT_ID = 6_000_000_001  # Above 32 bits, as real ids may be.
FIRST_STAFF_ID = 5_500_000_001
FIRST_GROUP_ID = 4_100_001
SUPERGROUPS_BELOW = -1_000_000_000_000


def now() -> datetime:
    return datetime.now(UTC)


class World:
    """State and its changes; who acts in it is `acting`, what the bot does in it is `sending`."""

    def __init__(
        self,
        token: str = TRIAL_TOKEN,
        clock: Callable[[], datetime] = now,
        limits: Limits | None = None,
        *,
        group_kind: ChatKind = ChatKind.SUPERGROUP,
    ) -> None:
        self.token = token
        self.clock = clock
        self.limits = limits or Limits()
        self.flood = Flood(self.limits, clock)
        self.faults = Faults()
        self.journal = Journal()
        # A bot remembers what it has handled, so ids must not come again after the trial was started anew.
        begun = int(clock().timestamp())
        self.updates = UpdateQueue(begun)
        self.files = FileStore()
        self.calls: deque[Call] = deque(maxlen=5000)
        self.taps: dict[str, Tap] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.privacy_mode = True
        self.inline_mode = True
        self.bot = Person(int(token.partition(":")[0]), "Teate", username="teate_trial_bot", is_bot=True)
        self.profile = Profile(self.bot.first_name)
        self.people: dict[int, Person] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self._client_ids = count(FIRST_CLIENT_ID)
        self._staff_ids = count(FIRST_STAFF_ID)
        self._group_ids = count(FIRST_GROUP_ID)
        self._query_ids = count(begun * 1_000_000)
        self._shared_message_id = 0
        staff = (self.add_staff("Aoi", "Mori"), self.add_staff("Ken", "Sato"))
        self.group = self.add_group("Teate staff", staff, kind=group_kind)
        self.phone = self.add_client("Hana", "Ito")

    @property
    def staff(self) -> tuple[Actor, ...]:
        """The people of the clinic's group, each with a hand in it."""
        return tuple(
            self.actor(person_id, self.group.id)
            for person_id in self.group.members
            if person_id != self.bot.id
        )

    def actor(self, person_id: int, chat_id: int) -> Actor:
        """A person in a chat. Raises KeyError for who or what does not exist."""
        return Actor(self, self.people[person_id], self.chats[chat_id])

    def add_client(
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        language_code: str | None = "en",
        start: bool = False,
    ) -> Actor:
        """A new person with an empty chat with the bot; `start` if they had pressed Start long ago."""
        number = next(self._client_ids)
        phone_number = f"+8190{number % 100_000_000:08d}"
        person = Person(number, first_name, last_name, None, language_code, phone_number)
        self.people[person.id] = person
        self.chats[person.id] = Chat(
            person.id,
            ChatKind.PRIVATE,
            person=person,
            members={person.id: Standing.MEMBER, self.bot.id: Standing.MEMBER},
            started=start,
        )
        self.journal.note(Happening.CHATS)
        return self.actor(person.id, person.id)

    def add_staff(self, first_name: str, last_name: str | None = None) -> Person:
        """Somebody who can be put into a group; they have a private chat with the bot as well."""
        number = next(self._staff_ids)
        person = Person(number, first_name, last_name, f"{first_name.lower()}_{number % 1000}", "ja")
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, ChatKind.PRIVATE, person=person)
        return person

    def add_group(
        self, title: str, people: Sequence[Person], *, kind: ChatKind = ChatKind.SUPERGROUP, bot: bool = True
    ) -> Chat:
        """The first of the people owns it, the others administer it, the bot is a plain member."""
        number = next(self._group_ids)
        chat_id = SUPERGROUPS_BELOW - number if kind is ChatKind.SUPERGROUP else -number
        members = {person.id: Standing.ADMINISTRATOR for person in people}
        if people:
            members[people[0].id] = Standing.CREATOR
        if bot:
            members[self.bot.id] = Standing.MEMBER
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, members=members, started=True)
        self.journal.note(Happening.CHATS)
        return chat

    def migrate(self, chat: Chat) -> Chat:
        """The group becomes a supergroup: a new id, service messages on both sides, errors on the old one."""
        if chat.kind is not ChatKind.GROUP or chat.migrated_to is not None:
            raise ValueError("only a basic group can be upgraded")
        new = Chat(
            SUPERGROUPS_BELOW - next(self._group_ids),
            ChatKind.SUPERGROUP,
            chat.title,
            members=dict(chat.members),
            started=True,
        )
        self.chats[new.id] = new
        sender = self.people[next(iter(chat.members))]
        self.tell_bot(self.place(chat, sender, content={"migrate_to_chat_id": new.id}))
        self.tell_bot(self.place(new, sender, content={"migrate_from_chat_id": chat.id}))
        chat.migrated_to = new.id
        if self.group is chat:
            self.group = new
        self.journal.note(Happening.CHATS)
        return new

    def place(self, chat: Chat, sender: Person, **fields: object) -> Message:
        """Puts a message into a chat; `fields` are those of `Message`."""
        if chat.kind is ChatKind.SUPERGROUP:
            chat.last_id += 1
            number = chat.last_id
        else:  # Private chats and basic groups share one count, so an id alone names no message.
            self._shared_message_id += 1
            number = self._shared_message_id
        message = Message(number, chat, sender, self.clock(), **fields)  # type: ignore[arg-type]
        chat.messages[number] = message
        self.touch(message, Happening.MESSAGE)
        return message

    def touch(self, message: Message, what: Happening) -> None:
        """Tells everybody that a message is new or has changed."""
        message.change = self.journal.number + 1
        self.journal.note(what, message.chat.id, seen(message))

    def tell_bot(self, message: Message, kind: str = "message") -> None:
        self.updates.put(kind, message.as_json())

    def query_id(self) -> str:
        return str(next(self._query_ids))


def seen(message: Message) -> Json:
    """A message as the page gets it: the Bot API's form and what only a phone knows."""
    return message.as_json() | {
        "reactions": sorted(set(message.reactions.values())),
        "silent": message.silent,
    }
