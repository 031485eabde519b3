"""What the clinic's group is told of itself: its menu, help, and the language it is written to in."""

from pathlib import Path

import pytest

from bot.app import Brain, assemble
from bot.domain.language import Language
from bot.trial.acting import Actor
from bot.trial.errors import ApiError
from bot.trial.people import ChatKind
from bot.trial.world import World
from tests.clock import FakeClock
from tests.dialogues.steps import aoi, told
from tests.dialogues.talk import Talk, talking

OF_THE_GROUP = ["/today", "/week", "/help"]


def menu(who: Actor) -> list[str]:
    """What is suggested once a slash is typed."""
    return [f"/{each['command']}" for each in who.world.profile.menu_for(who.person, who.chat)]


async def test_the_group_has_a_menu_of_its_own_and_each_command_in_it_answers(talk: Talk) -> None:
    await talk.parts.menus()

    assert menu(aoi(talk)) == OF_THE_GROUP
    assert "/book" in menu(talk.phone) and not set(menu(talk.phone)) & {"/today", "/week"}
    for command in menu(aoi(talk)):
        said = await talk.says(command, aoi(talk))
        assert aoi(talk).last.id > said.id, f"{command} is answered with silence"


@pytest.mark.parametrize("command", ["/help", "/start"])
async def test_help_says_what_the_group_can_do(talk: Talk, command: str) -> None:
    await talk.says(command, aoi(talk))

    (answer,) = told(aoi(talk), talk.text("group.help"))
    assert all(each in answer.words for each in OF_THE_GROUP[:2])
    assert not answer.labels, "a client's buttons are for a client's chat"


async def test_who_asks_for_another_language_is_told_where_it_is_set(talk: Talk) -> None:
    await talk.says("/language", aoi(talk))

    assert told(aoi(talk), "English", "languages:", "clinic.yaml")


@pytest.mark.parametrize("command", ["/help", "/start", "/language"])
async def test_in_another_group_nothing_is_told_of_the_clinic(talk: Talk, command: str) -> None:
    world = talk.trial.world
    elsewhere = Actor(world, aoi(talk).person, world.add_group("Elsewhere", [aoi(talk).person]))

    await talk.says(command, elsewhere)

    assert not [each for each in elsewhere.screen if each.sender.is_bot]


async def test_another_group_takes_the_menu_over(talk: Talk) -> None:
    await talk.parts.menus()
    world, old = talk.trial.world, aoi(talk)
    new = Actor(world, old.person, world.add_group("New group", [old.person]))

    started_anew = await assemble(talk.mind, talk.store, talk.bot, talk.clock, {}, new.chat.id)
    await started_anew.menus()
    await started_anew.dispatcher.stop()

    assert menu(new) == OF_THE_GROUP
    assert menu(old) == []


async def test_the_menu_follows_a_group_that_becomes_a_supergroup(
    mind: Brain, tmp_path: Path, clock: FakeClock
) -> None:
    world = World(clock=clock, group_kind=ChatKind.GROUP)
    async with talking(mind, tmp_path, clock, world=world) as talk:
        await talk.parts.menus()
        world.migrate(world.group)
        await talk.settle()

        assert menu(aoi(talk)) == OF_THE_GROUP


async def test_a_refused_menu_stops_nothing_and_is_given_at_the_next_start(talk: Talk) -> None:
    talk.trial.world.faults.fail("setMyCommands", ApiError(400, "Bad Request: chat not found"), times=2)
    await talk.parts.menus()
    assert menu(aoi(talk)) == []

    await talk.parts.menus()

    assert menu(aoi(talk)) == OF_THE_GROUP
    assert "/book" in menu(talk.phone)


@pytest.mark.parametrize("lang", Language)
def test_help_fits_a_phone_screen(mind: Brain, lang: Language) -> None:
    assert len(mind.texts("group.help", lang)) < 450
