"""The states of a request, drawn from the table."""

from collections.abc import Iterator

from bot.domain.lifecycle import ACTORS, LIVE, TABLE, TALK, Actor, Move, State


def picture() -> str:
    """A Mermaid state diagram. Moves that leave a request where it is are left out, but for new times."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines())]) + "\n"


def _lines() -> Iterator[str]:
    yield f"[*] --> {State.WAITING}"
    edges: dict[tuple[State, State], list[Move]] = {}
    for (state, move), target in TABLE.items():
        if move not in TALK:
            edges.setdefault((state, target), []).append(move)
    for state in State:
        for target in State:
            moves = edges.get((state, target))
            if moves:
                yield f"{state} --> {target}: {', '.join(_label(each) for each in moves)}"
    for state in State:
        if state not in LIVE:
            yield f"{state} --> [*]"


def _label(move: Move) -> str:
    who = " or ".join(actor for actor in Actor if actor in ACTORS[move])
    return f"{move.replace('_', ' ')} ({who})"
