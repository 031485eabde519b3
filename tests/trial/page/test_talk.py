"""Talking on the page, in a real Chromium: messages, buttons, files, keyboards."""

from playwright.async_api import Page, expect
from telegram import Bot

from bot.trial.world import World
from tests.trial.page.conftest import in_browser, say, shot, start
from tests.trial.page.small_bot import SmallBot

pytestmark = in_browser


async def test_a_client_begins_and_the_clinic_hears_of_it(page: Page) -> None:
    await expect(page.locator(".phone .about")).to_contain_text("Ask about massage")
    await shot(page, "empty")
    await start(page)

    await page.get_by_role("button", name="60 min").click()

    await expect(page.locator(".phone .log")).to_contain_text("Chosen: 60 minutes")
    await expect(page.locator(".phone .toasts")).to_contain_text("Noted")
    await expect(page.locator(".group .log")).to_contain_text("New request: 60 minutes, for Hana")
    await page.locator(".group").get_by_role("button", name="Accept").click()
    await say(page, "@teate_trial_bot thanks", ".group")
    await expect(page.locator(".group .log")).to_contain_text("You said: @teate_trial_bot thanks")
    await page.get_by_role("radio", name="Ken").click()
    await say(page, "lunch?", ".group")
    await expect(page.locator(".group .own")).to_contain_text("lunch?")
    await shot(page, "booked")


async def test_formatted_text_is_built_and_never_run(page: Page, world: World) -> None:
    await start(page)
    await say(page, "rich")
    log = page.locator(".phone .log")

    await expect(log.locator("strong", has_text="Sleep")).to_be_visible()
    await expect(log.get_by_role("link", name="a source")).to_have_attribute("href", "https://example.org")
    await expect(log.get_by_role("link", name="0120-279-338")).to_have_attribute("href", "tel:0120279338")
    await page.get_by_role("button", name="Show the hidden text").click()
    await page.locator(".fold").click()
    await shot(page, "rich")
    await log.get_by_role("button", name="/help").click()
    await expect(log).to_contain_text("You said: /help")

    await say(page, "<img src=x onerror=document.title='broken'>")
    await expect(log).to_contain_text("You said: <img src=x")
    assert await page.title() == "Teate trial"


async def test_a_tap_shows_that_it_waits_and_an_alert_must_be_closed(page: Page, small_bot: SmallBot) -> None:
    await start(page)
    await say(page, "rich")
    slow = page.get_by_role("button", name="Slow")
    await slow.click()

    await expect(slow).to_have_attribute("aria-busy", "true")
    await shot(page, "waiting")
    small_bot.go.set()
    await expect(slow).not_to_have_attribute("aria-busy", "true")
    await page.get_by_role("button", name="Alert").click()
    await expect(page.get_by_role("dialog")).to_contain_text("A long thought")
    await shot(page, "alert")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_commands_are_suggested_and_chosen_by_keyboard(page: Page) -> None:
    await start(page)
    field = page.locator(".phone textarea")
    await field.fill("/")
    await expect(page.locator(".phone [role=option]")).to_have_count(2)
    await shot(page, "commands")
    await field.press("Escape")
    await expect(page.locator(".phone [role=option]")).to_have_count(0)
    await page.locator(".phone .commands").click()
    await field.press("ArrowDown")
    await field.press("Enter")

    await expect(page.locator(".phone .log")).to_contain_text("You said: /help")


async def test_the_clinics_group_suggests_its_own_commands(page: Page) -> None:
    await start(page)
    await page.locator(".group textarea").fill("/")
    await expect(page.locator(".group [role=option]")).to_have_text(["/todayToday's appointments"])


async def test_files_are_shown_and_saved(page: Page) -> None:
    await start(page)
    await say(page, "file")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="visit.ics").click()
    saved = await saving.value

    assert saved.suggested_filename == "visit.ics"
    picture = page.get_by_role("img", name="Your week")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") == 480
    await shot(page, "files")


async def test_everything_can_be_attached(page: Page, world: World) -> None:
    await start(page)
    for name in ("Sample picture", "Voice message", "Sticker", "Location", "Sample file", "My contact"):
        before = len(world.phone.screen)
        await page.locator(".phone .attach").click()
        await page.get_by_role("menuitem", name=name).click()
        await world.journal.until(lambda count=before: len(world.phone.screen) >= count + 2 or None, 5)  # type: ignore[misc]
    await page.locator(".phone .picked").set_input_files(
        {"name": "own.txt", "mimeType": "text/plain", "buffer": b"mine"}
    )

    await expect(page.get_by_role("link", name="own.txt")).to_be_visible()
    await shot(page, "attached")
    sent = [message for message in world.phone.screen if message.sender is world.phone.person]
    assert [next(iter(one.content)) for one in sent[1:]] == [
        "photo",
        "voice",
        "sticker",
        "location",
        "document",
        "contact",
        "document",
    ]


async def test_the_bots_keyboard_shares_the_contact_and_goes_away(page: Page) -> None:
    await start(page)
    await say(page, "contact")
    key = page.get_by_role("button", name="Share my number")
    await expect(key).to_be_visible()
    await shot(page, "keyboard")
    await key.click()

    await expect(page.locator(".phone .log")).to_contain_text("Thank you, +8190")
    await expect(key).to_be_hidden()


async def test_a_forced_reply_answers_the_question(page: Page, world: World) -> None:
    await start(page)
    await say(page, "force")
    await expect(page.locator(".phone .banner")).to_contain_text("What is your name?")
    await expect(page.locator(".phone textarea")).to_have_attribute("placeholder", "Your name")
    await page.locator(".phone textarea").press_sequentially("Hana")
    await page.keyboard.press("Enter")

    await expect(page.locator(".phone .log")).to_contain_text("You said: Hana")
    said = next(message for message in world.phone.screen if message.text == "Hana")
    assert said.reply_to is not None
    assert said.reply_to.text == "What is your name?"


async def test_ones_own_message_can_be_edited_and_replied_to(page: Page, world: World) -> None:
    await start(page)
    await say(page, "helo")
    await expect(page.locator(".phone .log")).to_contain_text("You said: helo")
    await page.locator(".phone textarea").press("ArrowUp")
    await expect(page.locator(".phone .banner")).to_contain_text("Edit message")
    await say(page, "hello")

    await expect(page.locator(".phone .own").last).to_contain_text("edited")
    last = page.locator(".phone .message").last
    await last.hover()
    await last.get_by_role("button", name="What to do with this message").click()
    await shot(page, "actions")
    await page.get_by_role("menuitem", name="Reply").click()
    await say(page, "thanks")
    await expect(page.locator(".phone .own .quote")).to_contain_text("You said: helo")


async def test_what_the_bot_takes_away_pins_and_marks_is_shown(page: Page, world: World, bot: Bot) -> None:
    await start(page)
    chat = world.phone.person.id
    gone = await bot.send_message(chat, "soon gone")
    kept = await bot.send_message(chat, "house rules", parse_mode="HTML")
    log = page.locator(".phone .log")
    await expect(log).to_contain_text("soon gone")
    await bot.delete_message(chat, gone.message_id)
    await bot.pin_chat_message(chat, kept.message_id)
    await bot.set_message_reaction(chat, world.phone.screen[0].id, "👍")

    await expect(log).not_to_contain_text("soon gone")
    await expect(page.locator(".phone .pinned")).to_contain_text("house rules")
    await expect(page.get_by_label("Reaction 👍")).to_be_visible()


async def test_a_tap_by_keyboard_does_not_lose_the_focus(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="60 min").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".phone .log")).to_contain_text("Chosen: 60 minutes")

    await expect(page.locator(".phone .log")).to_be_focused()
