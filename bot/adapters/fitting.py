"""A process of `fitted`: does what it is sent, which is to make something and to keep it."""

import pickle
import sys
from signal import SIG_DFL, SIGINT, signal

from bot.adapters.kept import sweeping_put_off


def main() -> None:
    """What is read was pickled by the very process that started this one."""
    signal(SIGINT, SIG_DFL)  # Ctrl-C stops it at once.
    with sweeping_put_off():
        pickle.load(sys.stdin.buffer)()  # noqa: S301


if __name__ == "__main__":
    main()
