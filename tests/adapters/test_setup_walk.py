"""The walk through the settings, against the trial's Telegram, with an owner who types what a test says."""

import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.adapters.env_file import values_of
from bot.adapters.setup_walk import SetupWalk
from bot.adapters.texts import Catalogues
from bot.domain.errors import Misconfigured
from bot.domain.language import Language
from bot.trial.errors import ApiError, Json
from bot.trial.people import Chat, ChatKind, Standing
from bot.trial.server import Trial, start_trial
from bot.trial.world import World
from tests.faults.unreadable import unreadable

TEXTS = Catalogues()
MAIL = {"mail_address": "clinic@example.com", "mail_server": "smtp://u:p@mail.example.com:587"}


def phrase(key: str) -> str:
    """The longest part of a text that does not depend on values."""
    text = TEXTS.catalogs[Language.EN].get(f"setup.{key}")
    assert text is not None and isinstance(text.string, str)
    pieces = [part.partition("}")[2] if "}" in part else part for part in text.string.split("{")]
    return max(pieces, key=len)


@dataclass
class Owner:
    """Types answers by the key of the question, or nothing; acts when something is said."""

    types: dict[str, list[str]] = field(default_factory=dict)
    refuses: list[str] = field(default_factory=list)
    """Titles of groups that are not the clinic's."""
    on: dict[str, Callable[[], object]] = field(default_factory=dict)
    stops_at: int | None = None
    shown: list[str] = field(default_factory=list)
    asked: int = 0

    def say(self, line: str) -> None:
        self.shown.append(line)
        for key in [each for each in self.on if phrase(each) in line]:
            self.on.pop(key)()

    def ask(self, question: str, default: str, *, hidden: bool) -> str:
        self._turn(question)
        for key, answers in self.types.items():
            if answers and phrase(key) in question:
                return answers.pop(0)
        return default

    def confirm(self, question: str) -> bool:
        self._turn(question)
        return not any(title in question for title in self.refuses)

    def _turn(self, question: str) -> None:
        self.shown.append(question)
        if self.asked == self.stops_at:
            raise KeyboardInterrupt
        self.asked += 1

    def saw(self, key: str) -> bool:
        return any(phrase(key) in line for line in self.shown)


@pytest.fixture
async def trial() -> AsyncIterator[Trial]:
    running = await start_trial()
    yield running
    await running.close()


@pytest.fixture
def world(trial: Trial) -> World:
    return trial.world


async def nothing() -> None:
    """The pause between two looks."""


async def walk(trial: Trial, folder: Path, owner: Owner, **environment: str) -> dict[str, str]:
    """One walk; what the file says afterwards."""
    path = folder / ".env"
    if not path.exists():
        path.write_text(f"# ours\nTELEGRAM_API_URL={trial.api_url}\n")
    await SetupWalk(path, environment, owner, TEXTS, Language.EN, nothing).run()
    return values_of(path.read_text())


def new_group(world: World, title: str, kind: ChatKind = ChatKind.SUPERGROUP) -> Chat:
    """A group of which the bot knows nothing yet."""
    people = [each.person for each in world.staff]
    return world.add_group(title, people, kind=kind, bot=False)


def stands(world: World, chat: Chat, standing: Standing) -> None:
    """Somebody adds the bot to a group, or takes it out."""
    old, chat.members[world.bot.id] = chat.standing(world.bot.id), standing
    body: Json = {
        "chat": chat.as_json(),
        "from": world.staff[0].person.as_json(),
        "date": int(world.clock().timestamp()),
        "old_chat_member": {"user": world.bot.as_json(), "status": old.value},
        "new_chat_member": {"user": world.bot.as_json(), "status": standing.value},
    }
    world.updates.put("my_chat_member", body)


def adds_bot(world: World, chat: Chat) -> Callable[[], None]:
    return lambda: stands(world, chat, Standing.MEMBER)


def said_in(chat: Chat) -> list[str]:
    return [each.words for each in chat.messages.values() if each.sender.is_bot]


async def test_an_owner_is_led_from_nothing_to_a_bot_that_reaches_the_clinic(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    group = new_group(world, "Our clinic")
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, group)})
    owner.types |= {key: [answer] for key, answer in MAIL.items()}
    values = await walk(trial, tmp_path, owner)
    assert values == {
        "TELEGRAM_API_URL": trial.api_url,
        "TELEGRAM_BOT_TOKEN": world.token,
        "CLINIC_CHAT_ID": str(group.id),
        "CLINIC_EMAIL": MAIL["mail_address"],
        "SMTP_URL": MAIL["mail_server"],
    }
    assert (tmp_path / ".env").read_text().startswith("# ours\n")
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    assert said_in(group) == [TEXTS("setup.test_message", Language.EN)]
    assert any("@teate_trial_bot" in line for line in owner.shown)


async def test_walking_again_with_enter_alone_changes_nothing(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"TELEGRAM_API_URL={trial.api_url}\nCLINIC_CHAT_ID={world.group.id} # our group\nHTTP_PORT=9\n"
        f"TELEGRAM_BOT_TOKEN={world.token}\nCLINIC_EMAIL=a@example.com\nSMTP_URL=smtp://mail.example.com\n"
    )
    before = (tmp_path / ".env").read_bytes()
    owner = Owner()
    await walk(trial, tmp_path, owner)
    assert (tmp_path / ".env").read_bytes() == before
    assert not owner.saw("group_how") and any("Teate staff" in line for line in owner.shown)


@pytest.mark.parametrize("stops_at", range(5))
async def test_ctrl_c_at_any_question_leaves_the_file_as_it_was(
    trial: Trial, world: World, tmp_path: Path, stops_at: int
) -> None:
    path = tmp_path / ".env"
    path.write_text(f"TELEGRAM_API_URL={trial.api_url}\n")
    before = path.read_bytes()
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, new_group(world, "Ours"))})
    owner.types |= {key: [answer] for key, answer in MAIL.items()}
    owner.stops_at = stops_at
    if stops_at < 4:
        with pytest.raises(KeyboardInterrupt):
            await walk(trial, tmp_path, owner)
        assert path.read_bytes() == before
    else:
        await walk(trial, tmp_path, owner)
        assert owner.asked == 4, "token, group, address, mail server"
    assert [each.name for each in os.scandir(tmp_path)] == [".env"]


async def test_a_wrong_token_is_asked_for_again_and_never_shown(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    wrong = "7000000001:AAE-a-token-that-nobody-handed-out-000"
    owner = Owner({"token": ["hello", wrong, world.token]})
    owner.on["group_how"] = adds_bot(world, new_group(world, "Ours"))
    values = await walk(trial, tmp_path, owner)
    assert owner.saw("token_shape") and owner.saw("token_refused")
    assert values["TELEGRAM_BOT_TOKEN"] == world.token
    assert not any(wrong in line or world.token in line for line in owner.shown)


async def test_while_telegram_does_not_answer_the_token_is_kept_for_another_try(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    world.faults.drop("getMe")
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, new_group(world, "Ours"))})
    assert (await walk(trial, tmp_path, owner))["TELEGRAM_BOT_TOKEN"] == world.token
    assert owner.saw("no_connection")


async def test_a_group_that_is_not_the_clinics_is_passed_over(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    stands(world, new_group(world, "Football"), Standing.MEMBER)
    ours = new_group(world, "Our clinic")
    owner = Owner({"token": [world.token]}, refuses=["Football"])
    owner.on["group_how"] = adds_bot(world, ours)
    assert (await walk(trial, tmp_path, owner))["CLINIC_CHAT_ID"] == str(ours.id)
    assert sum("Football" in line for line in owner.shown) <= 1, "asked about once"


async def test_a_group_that_the_bot_was_taken_out_of_is_not_offered(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    old, ours = new_group(world, "Old"), new_group(world, "Ours")
    for standing in (Standing.MEMBER, Standing.LEFT):
        stands(world, old, standing)
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, ours)})
    assert (await walk(trial, tmp_path, owner))["CLINIC_CHAT_ID"] == str(ours.id)
    assert not any("Old" in line for line in owner.shown)


async def test_a_group_that_has_the_bot_already_is_found_by_a_command_in_it(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    owner = Owner({"token": [world.token]})
    owner.on["group_how"] = lambda: world.staff[0].says("/start@teate_trial_bot")
    assert (await walk(trial, tmp_path, owner))["CLINIC_CHAT_ID"] == str(world.group.id)


async def test_what_clients_wrote_meanwhile_is_left_for_the_bot(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    world.phone.says("/start")
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, new_group(world, "Ours"))})
    await walk(trial, tmp_path, owner)
    assert [set(each) - {"update_id"} for each in world.updates.pending] == [{"message"}, {"my_chat_member"}]


async def test_the_group_is_found_behind_an_update_that_cannot_be_read(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    world.updates.put("message", unreadable(world.phone))
    group = new_group(world, "Ours")
    owner = Owner({"token": [world.token]}, on={"group_how": adds_bot(world, group)})
    assert (await walk(trial, tmp_path, owner))["CLINIC_CHAT_ID"] == str(group.id)


async def test_among_too_many_messages_the_groups_number_can_be_typed(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    for number in range(100):
        world.phone.says(f"hello {number}")
    owner = Owner({"token": [world.token], "group_number": ["ours", str(world.group.id)]})
    assert (await walk(trial, tmp_path, owner))["CLINIC_CHAT_ID"] == str(world.group.id)


async def test_a_group_that_became_a_supergroup_is_followed(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    group = new_group(world, "Ours", ChatKind.GROUP)
    stands(world, group, Standing.MEMBER)
    path = tmp_path / ".env"
    path.write_text(f"TELEGRAM_API_URL={trial.api_url}\nCLINIC_CHAT_ID={group.id}\n")
    new = world.migrate(group)
    values = await walk(trial, tmp_path, Owner({"token": [world.token]}))
    assert values["CLINIC_CHAT_ID"] == str(new.id)
    assert said_in(new)


async def test_a_group_where_the_bot_may_not_write_is_said_and_another_awaited(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    stands(world, new_group(world, "Silent"), Standing.MEMBER)
    error = ApiError(400, "Bad Request: not enough rights to send text messages to the chat")
    world.faults.fail("sendMessage", error)
    owner = Owner({"token": [world.token]})
    await walk(trial, tmp_path, owner)
    assert owner.saw("test_refused") and owner.saw("test_sent")


async def test_a_malformed_mail_server_is_asked_for_again(trial: Trial, world: World, tmp_path: Path) -> None:
    stands(world, new_group(world, "Ours"), Standing.MEMBER)
    owner = Owner({"token": [world.token], "mail_address": ["nobody", MAIL["mail_address"]]})
    owner.types["mail_server"] = ["mail.example.com", MAIL["mail_server"]]
    values = await walk(trial, tmp_path, owner)
    assert (values["CLINIC_EMAIL"], values["SMTP_URL"]) == (MAIL["mail_address"], MAIL["mail_server"])


async def test_a_dash_takes_the_mail_out(trial: Trial, world: World, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"TELEGRAM_API_URL={trial.api_url}\nCLINIC_CHAT_ID={world.group.id}\nCLINIC_EMAIL=a@example.com\n"
        "SMTP_URL=smtp://mail.example.com\n"
    )
    values = await walk(trial, tmp_path, Owner({"token": [world.token], "mail_address_again": ["-"]}))
    assert "CLINIC_EMAIL" not in values and "SMTP_URL" not in values


async def test_a_webhook_is_taken_off_only_when_asked(trial: Trial, world: World, tmp_path: Path) -> None:
    async def hooked(owner: Owner) -> dict[str, str]:
        from bot.trial.updates import Webhook

        world.updates.webhook = Webhook("https://teate.example.com/telegram")
        stands(world, new_group(world, "Ours"), Standing.MEMBER)
        return await walk(trial, tmp_path, owner)

    with pytest.raises(Misconfigured, match="another program"):
        await hooked(Owner({"token": [world.token]}, refuses=["webhook"]))
    assert world.updates.webhook is not None
    assert (await hooked(Owner({"token": [world.token]})))["CLINIC_CHAT_ID"]
    assert world.updates.webhook is None


async def test_another_program_on_the_same_bot_is_one_clear_line(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    error = ApiError(409, "Conflict: terminated by other getUpdates request")
    world.faults.fail("getUpdates", error)
    with pytest.raises(Misconfigured, match="another program"):
        await walk(trial, tmp_path, Owner({"token": [world.token]}))


async def test_what_the_environment_gives_is_not_copied_into_the_file(
    trial: Trial, world: World, tmp_path: Path
) -> None:
    stands(world, new_group(world, "Ours"), Standing.MEMBER)
    owner = Owner()
    values = await walk(trial, tmp_path, owner, TELEGRAM_BOT_TOKEN=world.token, CLINIC_CHAT_ID="-1")
    assert "TELEGRAM_BOT_TOKEN" not in values
    assert values["CLINIC_CHAT_ID"] and owner.saw("environment_wins"), (
        "the lost group of the environment wins"
    )
