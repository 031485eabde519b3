"""Keeps the trial to this machine: it is open to whoever reaches it, so only its own page may."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other hosts (DNS rebinding) and other pages' requests."""
    host = request.headers.get("Host", "")
    if not is_loopback(_hostname(host)):
        return web.Response(status=421, text="This is a trial on this machine only.")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{host}"
    # A link on another page may open the trial; everything else from there is refused.
    opened = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    elsewhere = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") and not opened
    if foreign or elsewhere:
        return web.Response(status=403, text="Only the trial's own page may do that.")
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
