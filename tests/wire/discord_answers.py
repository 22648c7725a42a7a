"""What the small Discord answers: in Discord's own form, and as its tests script it."""

import json
import math
from dataclasses import dataclass

from aiohttp import web

from tests.wire.limits import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong with the next ``times`` requests of ``method`` whose path ends with ``path``.

    ``stored`` says that the message stands there all the same.
    """

    method: str = "POST"
    path: str = "/messages"
    status: int = 0
    code: int = 0
    retry_after: float | None = None
    proxied: bool = True
    cut: str = ""
    stored: bool = False
    delay: float = 0.0
    times: int = 1


def json_answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return JSON as Discord sends it: discord.py reads no type with a charset behind it."""
    typed = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=typed)


def error_answer(status: int, code: int, message: str) -> web.Response:
    return json_answer({"code": code, "message": message}, status=status)


def form_error(message: str) -> web.Response:
    errors = {"_errors": [{"code": "BASE_TYPE", "message": message}]}
    return json_answer({"code": 50035, "message": "Invalid Form Body", "errors": errors}, status=400)


def scripted(fault: Fault) -> web.Response:
    """Return the answer of a fault with a status; ``proxied`` answers carry Discord's Via header."""
    wait = fault.retry_after
    headers = {"Via": "1.1 google"} if fault.proxied else {}
    if wait is not None:
        headers["Retry-After"] = str(int(wait))
    body = {"message": "scripted", "code": fault.code, "retry_after": wait, "global": False}
    return json_answer(body, status=fault.status, headers=headers)


def too_many(refusal: Refusal, headers: dict[str, str]) -> web.Response:
    """Return a 429 as Discord tells it, with the header by which discord.py knows it for Discord's own."""
    everywhere = refusal.scope == "global"
    told = {"Via": "1.1 google", "Retry-After": str(math.ceil(refusal.seconds)), **headers}
    told |= {"X-RateLimit-Scope": refusal.scope} | ({"X-RateLimit-Global": "true"} if everywhere else {})
    body = {"message": "You are being rate limited.", "retry_after": refusal.seconds, "global": everywhere}
    return json_answer(body, status=429, headers=told)
