"""PTB on aiohttp: two to three times the throughput of its default, and one HTTP library for everything.

See docs/decisions/0002-aiohttp-transport.md for the figures.
"""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

POOL = 64
"""Connections at the same time; long polls and thirty sends a second need about half."""


class AiohttpRequest(BaseRequest):
    """One session, opened at `initialize`. Timeouts are in seconds."""

    def __init__(self, *, read_timeout: float = 15, connect_timeout: float = 10) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=POOL), trust_env=True, auto_decompress=True
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Raises TimedOut and NetworkError, with no address in them or behind them: it holds the token."""
        del write_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("the transport is used before it is initialised")
        reading = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        connecting = self._connect_timeout if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        timeout = aiohttp.ClientTimeout(sock_read=reading, sock_connect=connecting)
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                timeout=timeout,
                headers={"User-Agent": self.USER_AGENT},
            ) as response:
                return response.status, await response.read()
        except (TimeoutError, aiohttp.ServerTimeoutError):
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None:
        return None
    if not data.multipart_data:
        return aiohttp.FormData(data.json_parameters)
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
