"""The page around the talk, in a real Chromium: languages, looks, clients, the line to the server."""

import pytest
from playwright.async_api import Page, expect

from bot.trial.acting import Actor
from bot.trial.server import Trial
from bot.trial.world import World
from tests.trial.page.conftest import in_browser, say, shot, start

pytestmark = in_browser


async def test_the_phone_speaks_japanese(page: Page, world: World) -> None:
    await page.get_by_role("button", name="日本語").click()

    await expect(page.locator("html")).to_have_attribute("lang", "ja")
    await expect(page.locator(".phone .about")).to_contain_text("眠り")
    assert world.phone.person.language_code == "ja"
    await page.get_by_role("button", name="はじめる").click()
    await expect(page.locator(".phone .log")).to_contain_text("手当てへようこそ")
    await say(page, "肩がこって眠れません。明日の夕方、空いていますか。")
    await expect(page.locator(".phone .log")).to_contain_text("You said: 肩がこって")
    await page.locator(".phone textarea").fill("/")
    await expect(page.locator(".phone [role=option]").first).to_contain_text("予約をお願いする")
    await shot(page, "japanese")


async def test_a_new_client_is_a_fresh_chat(page: Page, world: World) -> None:
    await start(page)
    await page.get_by_role("button", name="New client").click()

    await expect(page.locator(".phone .start")).to_be_visible()
    await expect(page.locator(".phone .message")).to_have_count(0)
    await page.get_by_label("Client", exact=True).select_option(label="Hana Ito")
    await expect(page.locator(".phone .log")).to_contain_text("Hello, this is Teate.")


async def test_blocking_and_unblocking(page: Page, world: World) -> None:
    await start(page)
    await page.locator(".phone .more").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await expect(page.locator(".phone .start")).to_have_text("Unblock and go on")
    assert world.phone.chat.blocked
    await page.locator(".phone .start").click()
    await expect(page.locator(".phone textarea")).to_be_visible()


async def test_typing_and_inline_mode(page: Page) -> None:
    await start(page)
    await say(page, "typing")
    await expect(page.locator(".phone .sub")).to_have_text("typing…")
    await page.locator(".phone textarea").fill("@teate_trial_bot sleep")
    await expect(page.locator(".phone [role=option]")).to_contain_text("One answer")
    await page.locator(".phone textarea").press("Enter")
    await expect(page.locator(".phone .own").last).to_contain_text("Rest helps")


async def test_a_narrow_screen_has_one_chat_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await start(page)
    await expect(page.locator(".group")).to_be_hidden()
    await page.get_by_role("button", name="90 min").click()
    await expect(page.locator("#tab-group .dot")).to_be_visible()
    await shot(page, "narrow-phone")
    await page.locator("#tab-group").click()
    await expect(page.locator(".group .log")).to_contain_text("New request: 90 minutes")
    await shot(page, "narrow-group")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 390, 1280])
async def test_a_calendar_fits_and_every_button_has_one_line(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await start(page)
    one_line = await page.get_by_role("button", name="60 min").bounding_box()
    await say(page, "calendar")
    keys = page.locator(".phone .message").last.locator(".key")
    await expect(keys).to_have_count(8)
    await shot(page, f"calendar-{width}")

    heights = await keys.evaluate_all("keys => keys.map((key) => key.offsetHeight)")
    cut = await keys.evaluate_all("keys => keys.filter((key) => key.scrollWidth > key.clientWidth).length")
    assert one_line is not None and set(heights) == {round(one_line["height"])}
    assert cut == (1 if width < 1280 else 0), "the long one is shortened, no day is"
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_dark_follows_the_system_and_the_button(page: Page) -> None:
    await start(page)
    await say(page, "rich")
    await page.get_by_role("button", name="90 min").click()
    background = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(background)
    await page.emulate_media(color_scheme="dark")
    dark = await page.evaluate(background)
    await shot(page, "dark")
    await page.get_by_role("button", name="Light or dark").click()

    assert await page.evaluate(background) == light != dark


async def test_a_lost_connection_is_said_and_mended(page: Page, trial: Trial, world: World) -> None:
    await start(page)
    await page.context.set_offline(True)
    trial.drop_streams()
    await expect(page.get_by_role("alert")).to_be_visible()
    world.phone.says("meanwhile")
    await page.context.set_offline(False)

    await expect(page.get_by_role("alert")).to_be_hidden()
    await expect(page.locator(".phone .log")).to_contain_text("meanwhile")


async def test_the_keyboard_reaches_everything_in_order(page: Page) -> None:
    await page.locator(".phone .start").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".phone textarea")).to_be_focused()
    await expect(page.locator(".phone .log")).to_contain_text("Hello, this is Teate.")
    reached: list[str] = []
    for _ in range(40):
        await page.keyboard.press("Tab")
        named = (
            "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || ''"
        )
        reached.append((await page.evaluate(named)).strip())
    wanted = ["Client", "New client", "EN", "日本語", "60 min", "Attach", "Send", "Aoi"]
    places = [next((i for i, one in enumerate(reached) if wish in one), -1) for wish in wanted[1:]]

    assert -1 not in places, reached
    assert await page.locator(".phone .log").get_attribute("role") == "log"


async def test_other_peoples_chats_stay_theirs(page: Page, world: World) -> None:
    stranger: Actor = world.add_client("Ren", start=True)
    stranger.says("a secret")
    await stranger.sees("You said: a secret")

    await expect(page.locator(".phone .message")).to_have_count(0)


async def test_a_deep_link_starts_with_what_it_carries(page: Page, trial: Trial, world: World) -> None:
    await page.goto(f"{trial.url}/?start=book")
    await page.locator(".phone .start").click()
    await expect(page.locator(".phone .own")).to_contain_text("/start book")
    await say(page, "https://t.me/teate_trial_bot?start=mood")
    await page.locator(".phone .own").get_by_role("link").click()

    await expect(page.locator(".phone .own").last).to_contain_text("/start mood")


async def test_everything_that_can_be_pressed_has_a_name(page: Page) -> None:
    await start(page)
    await say(page, "file")
    await expect(page.get_by_role("link", name="visit.ics")).to_be_visible()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, select, textarea, img, [role]")]
          .filter((one) => one.checkVisibility() && one.matches("button, a, select, textarea, img"))
          .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.alt
            || one.labels?.length || one.querySelector("img[alt]")))
          .filter((one) => !(one.matches("img") && one.hasAttribute("alt")))
          .map((one) => one.outerHTML)"""
    )

    assert nameless == []
