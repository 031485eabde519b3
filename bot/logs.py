"""Log lines with fields, from which tokens and whatever people wrote are kept out.

Rule: a log call carries ids, counts and names of steps. The redaction below is the second line of
defence, on the handler itself, so that a library's lines and tracebacks pass it too.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from copy import copy
from typing import TextIO

import structlog

TOKEN = re.compile(r"(?<!\d)\d{3,}:[\w-]{20,}")
SECRET_IN_URL = re.compile(r"(?<=://)[^/@\s]+@")
TELEPHONE = re.compile(r"(?<![\w-])(?:\+|0)\d[\d\s()-]{6,}\d(?![\w-])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def redact(text: str) -> str:
    """Take out bot tokens, passwords in addresses, e-mail addresses and telephone numbers."""
    text = TOKEN.sub("<token>", text)
    text = SECRET_IN_URL.sub("<secret>@", text)
    text = EMAIL.sub("<email>", text)
    return TELEPHONE.sub("<number>", text)


def _traceback_without_values(
    _logger: object, _name: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """Keep where an error came from and its kind; its words may quote a client."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = " < ".join(_places(error))
    return event


def _places(error: BaseException) -> list[str]:
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[::-1][:8]


class _Redacting(logging.StreamHandler[TextIO]):
    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] == "telegram":
            # What it puts into its lines are updates and answers of the API, names and messages with them.
            record = copy(record)
            record.args = None
        return redact(super().format(record))


def set_up_logs(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', through one redacting handler."""
    before: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _traceback_without_values,
    ]
    handler = _Redacting(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"]),
            ],
        )
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These name addresses with the token in them, or whole updates, at INFO and DEBUG.
    for name in ("httpx", "httpcore", "telegram", "aiohttp.access", "aiosqlite", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
