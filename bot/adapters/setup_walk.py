"""The walk through the settings: the bot's token, the clinic's group, an e-mail address.

Everything is asked for first and written at the end, so that whoever stops in between has changed nothing.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.adapters.channels.email import read_address, read_server
from bot.adapters.env_file import read_env, values_of, with_values, write_env
from bot.adapters.group_search import Group, groups_in, readable
from bot.adapters.telegram_bot import TelegramBot
from bot.domain.errors import Misconfigured
from bot.domain.language import Language
from bot.services.ports import Texts

API: Final = "https://api.telegram.org"
TOKEN: Final = re.compile(r"\d+:[\w-]+")
NOTHING: Final = "-"
"""What is typed to take a value out again."""

POLL: Final = timedelta(seconds=20)
PAUSE_SECONDS: Final = 1.5
MOST_UPDATES: Final = 100
"""More than this Telegram does not show at once."""


class Terminal(Protocol):
    """The person at the keyboard."""

    def say(self, line: str) -> None: ...

    def ask(self, question: str, default: str, *, hidden: bool) -> str:
        """What is typed, or `default` for nothing. `hidden`: neither of them is shown."""

    def confirm(self, question: str) -> bool: ...


async def _pause() -> None:
    await asyncio.sleep(PAUSE_SECONDS)


@dataclass
class SetupWalk:
    """One walk. `environment` beats the file, as it does for the settings.

    `pause` is waited for between two looks while only messages wait that are none of ours.
    """

    env_file: Path
    environment: Mapping[str, str]
    terminal: Terminal
    texts: Texts
    language: Language
    pause: Callable[[], Awaitable[None]] = _pause

    async def run(self) -> None:
        """Ask, then write.

        Raises:
            Misconfigured: the file cannot be read or written; another program holds the bot.
        """
        text = read_env(self.env_file)
        known = values_of(text) | {name: value for name, value in self.environment.items() if value}
        self._say("welcome", file=self.env_file)
        token, bot = await self._bot(known)
        try:
            group = await self._group(bot, known.get("CLINIC_CHAT_ID", ""))
            group = await self._greet(bot, group)
        finally:
            await bot.shutdown()
        new = {"TELEGRAM_BOT_TOKEN": token, "CLINIC_CHAT_ID": str(group.id), **self._mail(known)}
        given = {name: value for name, value in self.environment.items() if value}
        # What the environment gives is not copied into the file.
        changed = {name: value for name, value in new.items() if given.get(name) != value}
        write_env(self.env_file, with_values(text, changed))
        self._say("written", file=self.env_file)
        for name in changed.keys() & given.keys():
            self._say("environment_wins", name=name)
        self._say("next")

    async def _bot(self, known: Mapping[str, str]) -> tuple[str, TelegramBot]:
        """Asks until Telegram knows the token."""
        api = known.get("TELEGRAM_API_URL", API).rstrip("/")
        present = known.get("TELEGRAM_BOT_TOKEN", "")
        self._say("token_how")
        while True:
            question = "token_again" if present else "token"
            token = self.terminal.ask(self._text(question), present, hidden=True).strip()
            if not TOKEN.fullmatch(token):
                self._say("token_shape")
                continue
            bot = TelegramBot(token, api)
            try:
                await bot.initialize()
            except TelegramError as error:
                await bot.shutdown()
                self._say("token_refused" if isinstance(error, InvalidToken) else "no_connection")
                present = "" if isinstance(error, InvalidToken) else token
            else:
                self._say("bot", name=bot.first_name, username=bot.username)
                if bot.can_join_groups is False:
                    self._say("no_groups")
                return token, bot

    async def _group(self, bot: TelegramBot, present: str) -> Group:
        """The group that is set already, or the one that the bot is added to while we look."""
        if kept := await self._present_group(bot, present):
            return kept
        await self._free_updates(bot)
        self._say("group_how", username=bot.username)
        refused: set[int] = set()
        while True:
            try:
                # No offset: what waits there is left for the bot to work on, clients' messages too.
                updates = await bot.raw_updates(wait=POLL)
            except Conflict as error:
                raise Misconfigured([self._text("conflict")]) from error
            except TelegramError:
                self._say("no_connection")
                await self.pause()
                continue
            for group in groups_in(readable(updates), bot.id):
                if group.id in refused:
                    continue
                if self.terminal.confirm(self._text("group_found", title=group.title)):
                    return group
                refused.add(group.id)
            if len(updates) >= MOST_UPDATES:  # newer ones cannot be seen before these are worked on
                self._say("group_crowded")
                number = self.terminal.ask(self._text("group_number"), present, hidden=False).strip()
                if typed := await self._present_group(bot, number):
                    return typed
            elif updates:
                await self.pause()

    async def _free_updates(self, bot: Bot) -> None:
        """While updates go to a webhook nobody can look for them."""
        try:
            if not (await bot.get_webhook_info()).url:
                return
            if not self.terminal.confirm(self._text("webhook_off")):
                raise Misconfigured([self._text("conflict")])
            await bot.delete_webhook(drop_pending_updates=False)
        except TelegramError:
            self._say("no_connection")

    async def _present_group(self, bot: TelegramBot, present: str) -> Group | None:
        if not present.removeprefix("-").isdecimal():
            return None
        try:
            chat = await bot.get_chat(int(present))
        except ChatMigrated as moved:
            chat = await bot.get_chat(moved.new_chat_id)
        except TelegramError:
            self._say("group_lost", number=present)
            return None
        title = chat.title or str(chat.id)
        return Group(chat.id, title) if self.terminal.confirm(self._text("group_keep", title=title)) else None

    async def _greet(self, bot: TelegramBot, group: Group) -> Group:
        """Sends a first message; the group may have become a supergroup meanwhile."""
        try:
            await bot.send_message(group.id, self._text("test_message"))
        except ChatMigrated as moved:
            return await self._greet(bot, Group(moved.new_chat_id, group.title))
        except (Forbidden, BadRequest):
            self._say("test_refused", title=group.title)
            return await self._greet(bot, await self._group(bot, ""))
        except TelegramError as error:
            raise Misconfigured([self._text("no_connection")]) from error
        self._say("test_sent", title=group.title)
        return group

    def _mail(self, known: Mapping[str, str]) -> dict[str, str]:
        """E-mail is optional: nothing is changed by Enter, and everything is taken out by `-`."""
        self._say("mail_how")
        address = self._asked("mail_address", known.get("CLINIC_EMAIL", ""), read_address, hidden=False)
        if not address:
            return {name: "" for name in ("CLINIC_EMAIL", "SMTP_URL") if known.get(name)}
        server = self._asked("mail_server", known.get("SMTP_URL", ""), read_server, hidden=True)
        return {"CLINIC_EMAIL": address if server else "", "SMTP_URL": server}

    def _asked(self, key: str, present: str, check: Callable[[str], object], *, hidden: bool) -> str:
        """Asks until it is well formed; empty for nothing."""
        while True:
            question = f"{key}_again" if present else key
            typed = self.terminal.ask(self._text(question), present, hidden=hidden).strip()
            if typed in ("", NOTHING):
                return ""
            try:
                check(typed)
                with_values("", {"VALUE": typed})
            except Misconfigured as mistake:
                for line in mistake.lines:
                    self.terminal.say(line)
            else:
                return typed

    def _text(self, key: str, **values: object) -> str:
        return self.texts(f"setup.{key}", self.language, None, **values)

    def _say(self, key: str, **values: object) -> None:
        self.terminal.say(self._text(key, **values))
