"""python-telegram-bot's real Bot against the real server: menus, groups, refusals, faults."""

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonCommands,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.trial.errors import too_many_requests
from bot.trial.people import ChatKind, Standing
from bot.trial.server import Trial, start_trial
from bot.trial.world import World
from tests.trial.conftest import until

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("60 min", callback_data="b:60")]])


async def test_menus_and_descriptions_are_kept_by_language_and_scope(bot: Bot, world: World) -> None:
    phone, staff = world.phone, world.staff[0]
    await bot.set_my_commands([BotCommand("book", "Book")])
    await bot.set_my_commands([BotCommand("book", "予約")], language_code="ja")
    await bot.set_my_commands([BotCommand("today", "Today")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("open", "Open")], scope=BotCommandScopeChat(world.group.id))
    await bot.set_my_description("Ask me", language_code=None)
    await bot.set_my_short_description("Short")
    await bot.set_my_name("Teate")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())

    def menu(person_and_chat: object = phone) -> list[object]:
        return [one["description"] for one in world.profile.menu_for(phone.person, phone.chat)]

    assert menu() == ["Book"]
    phone.speaks("ja")
    assert menu() == ["予約"]
    assert [one["command"] for one in world.profile.menu_for(staff.person, staff.chat)] == ["open"]
    assert [one.command for one in await bot.get_my_commands()] == ["book"]
    assert (await bot.get_my_description("ja")).description == "Ask me"
    assert (await bot.get_my_name()).name == "Teate"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(world.group.id))


async def test_a_groups_own_menu_comes_before_those_of_all_groups(bot: Bot, world: World) -> None:
    group = world.group.id
    scopes = {
        "default": BotCommandScopeDefault(),
        "all": BotCommandScopeAllGroupChats(),
        "all_admins": BotCommandScopeAllChatAdministrators(),
        "here": BotCommandScopeChat(group),
        "admins": BotCommandScopeChatAdministrators(group),
    }
    owner, member = world.staff[0].person, world.staff[1].person
    world.group.members[member.id] = Standing.MEMBER
    seen: list[list[object]] = []

    for name, scope in scopes.items():
        await bot.set_my_commands([BotCommand(name, "Open")], scope=scope)
        menus = [world.profile.menu_for(each, world.group)[0]["command"] for each in (owner, member)]
        seen.append(menus)

    assert seen == [["default"] * 2, ["all"] * 2, ["all_admins", "all"], ["here"] * 2, ["admins", "here"]]


async def test_the_group_is_quiet_until_somebody_means_the_bot(bot: Bot, world: World) -> None:
    aoi = world.staff[0]
    card = await bot.send_message(world.group.id, "New request", reply_markup=KEYS)
    aoi.says("lunch?")
    aoi.says("/today")
    aoi.says("/today@other_bot")
    aoi.says("@teate_trial_bot hello")
    aoi.replies("why?")

    updates = await bot.get_updates()

    assert [update.message.text for update in updates if update.message] == [
        "/today",
        "@teate_trial_bot hello",
        "why?",
    ]
    assert updates[-1].message is not None
    assert updates[-1].message.reply_to_message is not None
    assert updates[-1].message.reply_to_message.message_id == card.message_id


async def test_a_blocked_bot_is_told_and_refused(bot: Bot, world: World) -> None:
    phone = world.phone
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(phone.person.id, "hello")
    phone.starts()
    phone.blocks()

    update = (await bot.get_updates())[-1]
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(phone.person.id, "hello")
    phone.unblocks()
    assert await bot.send_message(phone.person.id, "hello")


async def test_a_group_that_moves_says_where_it_went(clock: object) -> None:
    world = World(group_kind=ChatKind.GROUP)
    running = await start_trial(world=world)
    old = world.group
    async with Bot(world.token, base_url=f"{running.api_url}/bot") as bot:
        await bot.send_message(old.id, "before")
        new = world.migrate(old)

        with pytest.raises(ChatMigrated) as refused:
            await bot.send_message(old.id, "after")
        services = [update.message for update in await bot.get_updates()]
        assert refused.value.new_chat_id == new.id == world.group.id
        assert [one.migrate_to_chat_id for one in services if one] == [new.id, None]
        assert [one.migrate_from_chat_id for one in services if one] == [None, old.id]
        assert await bot.send_message(new.id, "after")
    await running.close()


async def test_people_and_rights_of_the_group_can_be_asked(bot: Bot, world: World) -> None:
    group = world.group.id
    assert (await bot.get_chat(group)).title == "Teate staff"
    assert {one.status for one in await bot.get_chat_administrators(group)} == {"creator", "administrator"}
    assert (await bot.get_chat_member(group, world.staff[1].person.id)).status == "administrator"
    assert (await bot.get_chat_member(group, world.phone.person.id)).status == "left"
    assert (await bot.get_chat_member(group, bot.id)).status == "member"
    sent = await bot.send_message(group, "card")
    with pytest.raises(BadRequest, match=r"(?i)not enough rights"):
        await bot.pin_chat_message(group, sent.message_id)


async def test_faults_can_be_scripted(bot: Bot, world: World) -> None:
    phone = world.phone
    phone.starts()
    world.faults.fail("sendMessage", too_many_requests(7))
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(phone.person.id, "one")
    assert wait.value.retry_after in (7, wait.value.retry_after)
    world.faults.lose_answer("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(phone.person.id, "two")
    assert phone.last.text == "two"
    world.faults.drop("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(phone.person.id, "three")
    world.faults.bad_gateway("*")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(phone.person.id, "four")
    assert phone.last.text == "two"
    world.faults.hang("sendMessage")
    hanging = asyncio.create_task(bot.send_message(phone.person.id, "five"))
    await until(lambda: world.calls[-1].params.text("text") == "five")
    assert phone.last.text == "two"
    world.faults.release()
    await hanging
    assert phone.last.text == "five"


async def test_a_wrong_token_is_refused(trial: Trial) -> None:
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=f"{trial.api_url}/bot").initialize()


async def test_inline_mode_answers_a_query(bot: Bot, world: World) -> None:
    query = world.phone.asks_inline("sleep")
    update = (await bot.get_updates())[-1]
    assert update.inline_query is not None
    article = InlineQueryResultArticle(
        "1", "Sleep", InputTextMessageContent("<b>Rest</b>", parse_mode="HTML")
    )
    await update.inline_query.answer([article])

    assert (await world.phone.inline_results(query))[0]["title"] == "Sleep"
    assert world.phone.chooses(query).text == "Rest"


async def test_messages_are_passed_on(bot: Bot, world: World) -> None:
    voice = world.phone.sends_voice()
    group = world.group.id

    copy = await bot.copy_message(group, world.phone.person.id, voice.id)
    forwarded = await bot.forward_message(group, world.phone.person.id, voice.id)

    assert world.group.messages[copy.message_id].content["voice"] == voice.content["voice"]
    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.to_dict()["sender_user"]["first_name"] == "Hana"
