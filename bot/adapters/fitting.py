"""A process of `fitted`: makes what it is sent, and keeps it."""

import pickle
import sys
from signal import SIG_DFL, SIGINT, signal

from bot.adapters.kept import Kept, sweeping_put_off


def main() -> None:
    """What is read was pickled by the very process that started this one."""
    signal(SIGINT, SIG_DFL)  # Ctrl-C stops it at once.
    folder, name, kind, fit = pickle.load(sys.stdin.buffer)  # noqa: S301
    with sweeping_put_off():
        Kept(folder).get(name, kind, fit)


if __name__ == "__main__":
    main()
