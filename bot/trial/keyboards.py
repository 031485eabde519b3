"""Keyboards: what the Bot API accepts under a message or under the text field."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.trial.errors import ApiError, Json, bad_request
from bot.trial.limits import Limits

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
)
LOOKS = ("style", "icon_custom_emoji_id")
REQUESTS = ("request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app")
UNDER_FIELD = ("keyboard", "remove_keyboard", "force_reply")


@dataclass(frozen=True, slots=True)
class Markup:
    """Buttons of the message, or a keyboard under the text field; never both."""

    buttons: Json | None = None
    keyboard: Json | None = None


NOTHING = Markup()


def read_markup(raw: object, limits: Limits, *, private: bool = True) -> Markup:
    """Checks a reply_markup; raises a 400 that says what is wrong."""
    if raw is None:
        return NOTHING
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return _inline(raw, limits)
    if "keyboard" in raw:
        return Markup(keyboard=_reply(raw, limits, private=private))
    for key in UNDER_FIELD[1:]:
        if key in raw:
            if raw[key] is not True:
                raise bad_request(f'can\'t parse reply markup: Field "{key}" must be true')
            _check_placeholder(raw)
            return Markup(keyboard=dict(raw))
    raise bad_request("can't parse reply keyboard markup JSON object")


def _inline(raw: Json, limits: Limits) -> Markup:
    rows = _rows(raw["inline_keyboard"], "inline_keyboard", limits)
    checked = [[_inline_button(button, limits) for button in row] for row in rows if row]
    return Markup(buttons={"inline_keyboard": checked}) if checked else NOTHING


def _rows(raw: object, name: str, limits: Limits) -> list[list[object]]:
    if not isinstance(raw, list):
        raise bad_request(f'can\'t parse reply markup: Field "{name}" must be of type Array')
    for row in raw:
        if not isinstance(row, list):
            raise bad_request("can't parse reply markup: keyboard button rows must be of type Array")
    if sum(len(row) for row in raw) > limits.buttons:
        raise bad_request("reply markup is too long")
    return raw


def _wrong(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def _inline_button(raw: object, limits: Limits) -> Json:
    if not isinstance(raw, dict):
        raise _wrong("InlineKeyboardButton must be an Object")
    text = raw.get("text")
    if text is None:
        raise _wrong('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _wrong('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [key for key in ACTIONS if key in raw]
    if not actions:
        raise _wrong("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _wrong(f"exactly one of the optional fields must be used, found {', '.join(actions)}")
    action = actions[0]
    _check_action(action, raw[action], limits)
    return {key: raw[key] for key in ("text", action, *LOOKS) if key in raw}


def _check_action(action: str, value: object, limits: Limits) -> None:
    if action == "callback_data":
        if not isinstance(value, str):
            raise _wrong('Field "callback_data" must be of type String')
        if not 1 <= len(value.encode()) <= limits.callback_data:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        if not isinstance(value, str):
            raise _wrong('Field "url" must be of type String')
        _check_url(value)
    elif action == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme and parts.scheme not in ("http", "https", "tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.netloc or parts.path
    local = parts.hostname == "localhost" or parts.scheme == "tg"
    if not host or " " in url or ("." not in host and not local):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply(raw: Json, limits: Limits, *, private: bool) -> Json:
    rows = _rows(raw["keyboard"], "keyboard", limits)
    checked = [[_reply_button(button, private=private) for button in row] for row in rows if row]
    if not checked:
        raise bad_request("reply keyboard must be non-empty")
    _check_placeholder(raw)
    return raw | {"keyboard": checked}


def _reply_button(raw: object, *, private: bool) -> Json:
    button = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not str(button["text"]).strip():
        raise bad_request("keyboard button text must be non-empty")
    wanted = [key for key in REQUESTS if button.get(key)]
    if len(wanted) > 1:
        raise bad_request("can't parse keyboard button: only one of the optional fields may be used")
    if not private and "request_contact" in wanted:
        raise bad_request("phone number can be requested in private chats only")
    if not private and "request_location" in wanted:
        raise bad_request("location can be requested in private chats only")
    return button


def _check_placeholder(raw: Json) -> None:
    placeholder = raw.get("input_field_placeholder")
    if placeholder is not None and (not isinstance(placeholder, str) or not 1 <= len(placeholder) <= 64):
        raise bad_request("input field placeholder must be 1-64 characters")
