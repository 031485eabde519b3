"""`python -m tests.new_migration "what it is for"`: writes the step from the last migration to the tables."""

import sys
import tempfile

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from bot.adapters.store.migrate import MIGRATIONS


def main(purpose: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        create_engine(f"sqlite:///{folder}/new.db").connect() as connection,
    ):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        number = len(list((MIGRATIONS / "versions").glob("*.py"))) + 1
        command.revision(config, message=purpose, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or sys.exit(__doc__))
