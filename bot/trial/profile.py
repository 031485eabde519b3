"""What the bot says of itself: names, descriptions and command menus, per language and scope."""

from bot.trial.errors import Json
from bot.trial.people import IN_CHARGE, Chat, Person

ScopeKey = tuple[str, int, int]
"""Kind of scope, chat (0 for none), user (0 for none)."""

DEFAULT: ScopeKey = ("default", 0, 0)


class Profile:
    """Texts by kind (name, description, short_description) and language; menus by scope and language."""

    def __init__(self, name: str) -> None:
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._menus: dict[tuple[ScopeKey, str], list[Json]] = {}
        self.menu_button: Json = {"type": "default"}

    def describe(self, kind: str, language: str, text: str) -> None:
        """Sets a text for a language ("" for everybody else); an empty text takes it away."""
        if text:
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)

    def described(self, kind: str, language: str = "") -> str:
        """The text for a language, or the one for everybody."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_menu(self, scope: ScopeKey, language: str, commands: list[Json]) -> None:
        if commands:
            self._menus[scope, language] = commands
        else:
            self._menus.pop((scope, language), None)

    def menu(self, scope: ScopeKey, language: str) -> list[Json]:
        return self._menus.get((scope, language), [])

    def menu_for(self, person: Person, chat: Chat) -> list[Json]:
        """The commands a person is shown, by the order of core.telegram.org/bots/api#botcommandscope."""
        for scope in self._scopes(person, chat):
            for language in (person.language_code or "", ""):
                if commands := self._menus.get((scope, language)):
                    return commands
        return []

    @staticmethod
    def _scopes(person: Person, chat: Chat) -> list[ScopeKey]:
        if chat.private:
            return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
        member: ScopeKey = ("chat_member", chat.id, person.id)
        here: list[ScopeKey] = [("chat", chat.id, 0)]
        everywhere: list[ScopeKey] = [("all_group_chats", 0, 0)]
        if chat.standing(person.id) in IN_CHARGE:
            here.insert(0, ("chat_administrators", chat.id, 0))
            everywhere.insert(0, ("all_chat_administrators", 0, 0))
        return [member, *here, *everywhere, DEFAULT]
