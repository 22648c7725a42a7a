"""Every way in which a platform's answer to a post can go wrong, and what the part must become of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from digests.model import PartState
from tests.wire.faults import Broken, answer

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
# A page as proxies make them; some of them repeat what they were sent.
PAGE = "<html><head><title>Scripted</title></head><body><pre>Authorization: {token}</pre></body></html>"

WAITING, UNKNOWN, PARKED, SENT = PartState.WAITING, PartState.UNKNOWN, PartState.PARKED, PartState.SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fault, what the part must be after it, and for how long it must wait where that was said."""

    fault: Broken
    state: PartState
    wait: timedelta | None = None


def fixed(name: str, raw: bytes, state: PartState, wait: float | None = None, stored: bool = False) -> Case:
    """Return the case in which ``raw`` is answered."""
    fault = Broken(name=name, write=lambda _: raw, stored=stored)
    return Case(fault=fault, state=state, wait=None if wait is None else timedelta(seconds=wait))


# --- statuses ------------------------------------------------------------------------------------


def statuses(token: str, refusal: Mapping[str, object]) -> Iterator[Case]:
    """Yield every status that HTTP has room for, with the platform's own words, a page or nothing.

    Those that have a name come with all three. What a gateway answers (5xx) it may answer for a message
    that was stored behind it.
    """
    page, own = PAGE.format(token=token).encode(), json.dumps(refusal).encode()
    for status in (*range(200, 600), 600, 999):
        state, shapes = _state_of(status), {"JSON": answer(status, own if status >= 300 else b"{}", **JSON)}
        shapes |= {"a page": answer(status, page, **HTML), "nothing": answer(status)}
        named = status in set(HTTPStatus) and status != HTTPStatus.NOT_MODIFIED  # which has no body
        for shape in shapes if named else ["nothing" if status == 304 else list(shapes)[status % 3]]:
            yield fixed(f"{status} with {shape}", shapes[shape], state)
        if named and state is UNKNOWN:
            yield fixed(f"{status}, stored", shapes["a page"], state, stored=True)
    for status in (100, 101, 102, 103, 199):
        interim = f"HTTP/1.1 {status} Scripted\r\n\r\n".encode()
        fault = Broken(name=f"{status} and no more", write=lambda _, raw=interim: raw, stored=True)
        yield Case(fault=fault, state=UNKNOWN)
        if status != 101:
            before = Broken(name=f"{status} first", write=lambda true, raw=interim: raw + true, stored=True)
            yield Case(fault=before, state=SENT)


def _state_of(status: int) -> PartState:
    if status < 300 or status >= 500:
        return UNKNOWN
    return WAITING if status in (408, 425, 429) else PARKED


# --- bytes ---------------------------------------------------------------------------------------


def cuts() -> Iterator[Case]:
    """Yield connections that end early: before anything was done, and at places all over the true answer."""
    for reset in (True, False):
        how = "reset" if reset else "closed"
        yield Case(
            fault=Broken(name=f"{how} before storing", write=lambda _: b"", reset=reset), state=UNKNOWN
        )
        for share in (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99):
            yield Case(fault=_cut(f"{how} after {share:.0%} of the answer", share, reset), state=UNKNOWN)
        yield Case(fault=_cut(f"{how} one byte early", 1.0, reset, less=1), state=UNKNOWN)
        yield Case(fault=_cut(f"{how} within the head's end", 0.0, reset, head=-1), state=UNKNOWN)
        yield Case(fault=_cut(f"{how} after the head", 0.0, reset, head=0), state=UNKNOWN)
    yield Case(fault=_cut("closed after the whole answer", 1.0, reset=False), state=SENT)


def _cut(name: str, share: float, reset: bool, less: int = 0, head: int | None = None) -> Broken:
    def write(true: bytes) -> bytes:
        if head is not None:
            return true[: true.index(b"\r\n\r\n") + 4 + head]
        return true[: int(len(true) * share) - less]

    return Broken(name=name, write=write, stored=True, reset=reset)


def lengths() -> Iterator[Case]:
    """Yield answers that say something else of their length than it is."""

    def told(name: str, length: str) -> Case:
        def write(true: bytes) -> bytes:
            body = true.partition(b"\r\n\r\n")[2]
            value = str(len(body) + int(length)) if length[:1] in "+-" and length[1:].isdecimal() else length
            return answer(200, body, length=value, **JSON)

        return Case(fault=Broken(name=name, write=write, stored=True), state=UNKNOWN)

    yield told("ten bytes too long", "+10")
    yield told("far too long", "+1000000000")
    yield told("ten bytes too short", "-10")
    yield told("half a number", "1x")
    yield told("negative", "-x1")
    yield told("empty", "0")


def bodies() -> Iterator[Case]:
    """Yield what stands in place of the platform's answer, under a status that says all is well."""
    texts = {
        "empty": b"", "null": b"null", "a number": b"5", "a text": b'"ok"', "an empty object": b"{}",
        "a page": PAGE.encode(), "half an object": b'{"id": "1', "no UTF-8": b'{"id": "\xff\xfe"}',
        "an object of others": b'{"status": "up"}', "a list of texts": b'["a"]', "a deep list": b"[" * 5000,
    }  # fmt: skip
    for name, text in texts.items():
        for kind in ("application/json", "application/json; charset=none", "text/html", "text/plain", ""):
            headers = {"Content-Type": kind} if kind else {}
            yield fixed(f"{name} as {kind or 'nothing'}", answer(200, text, **headers), UNKNOWN, stored=True)
    for kind in ("application/gzip", "image/png"):
        raw = answer(200, b"\x1f\x8b\x08", **{"Content-Type": kind})
        yield fixed(f"bytes as {kind}", raw, UNKNOWN, stored=True)
    squeezed = answer(200, b"no gzip", Content_Encoding="gzip", **JSON)
    yield fixed("what is not compressed as gzip", squeezed, UNKNOWN, stored=True)


def garbage() -> Iterator[Case]:
    """Yield what is no HTTP at all, and what leads elsewhere."""
    yield fixed("another protocol", b"SSH-2.0-OpenSSH_9.2\r\n", UNKNOWN)
    yield fixed("a TLS alert", bytes.fromhex("15030100020228"), UNKNOWN)
    yield fixed("noise", bytes(range(256)) * 8, UNKNOWN)
    yield fixed("an endless header", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000, UNKNOWN)
    nowhere = "http://127.0.0.1:1/"
    yield fixed("sent on to where nobody listens", answer(307, Location=nowhere), WAITING)
    yield fixed("sent on to no address", answer(307, Location="http://["), UNKNOWN)


def slow(limit: float) -> Iterator[Case]:
    """Yield answers that take longer than ``limit``, all of it or byte by byte."""
    for stored in (True, False):
        name = "after storing" if stored else "and nothing stored"
        silent = Broken(name=f"no answer {name}", write=lambda true: true, stored=stored, delay=limit * 3)
        yield Case(fault=silent, state=UNKNOWN)
    trickle = Broken(name="byte by byte", write=lambda true: true, stored=True, pace=limit / 20)
    yield Case(fault=trickle, state=UNKNOWN)


# --- rate limits ---------------------------------------------------------------------------------

DAY = 86_400.0
PROXIED = {"Via": "1.1 google", **JSON}
_DEFAULT_DISCORD, _DEFAULT_SLACK = 300.0, 30.0


def discord_limits() -> Iterator[Case]:
    """Yield Discord's 429s: by route, shared, global; their figure in the body or the header, or absurd."""

    def limit(name: str, body: object, wait: float | None, state: PartState = WAITING, **more: str) -> Case:
        return fixed(name, answer(429, json.dumps(body).encode(), **PROXIED, **more), state, wait)

    for scope in ("user", "shared", "global"):
        body = {"message": "limited", "retry_after": 90.5, "global": scope == "global"}
        bucket = {"X-RateLimit-Bucket": f"b-{scope}", "X-RateLimit-Scope": scope}
        counts = {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "90.5"}
        yield limit(f"{scope} limit", body, 90.5, **bucket, **counts)
        yield limit(
            f"{scope} limit, bucket not empty",
            body,
            90.5,
            **{**bucket, **counts, "X-RateLimit-Remaining": "3"},
        )
    yield limit("short, again and again", {"retry_after": 0.1}, 7.0, Retry_After="7")
    yield limit("negative figure", {"retry_after": -5, "global": False}, _DEFAULT_DISCORD)
    yield limit("huge figure", {"retry_after": 1e15}, DAY)
    yield limit("endless figure", {"retry_after": 1e400}, DAY)
    for name, body in {
        "no figure": {},
        "a text": {"retry_after": "soon"},
        "null": {"retry_after": None},
    }.items():
        yield limit(f"{name} in the body", body, None, UNKNOWN)
    for told, wait in {
        "77": 77.0,
        "2.5": 2.5,
        "-5": 0.0,
        "soon": _DEFAULT_DISCORD,
        "9" * 400: DAY,
        "nan": _DEFAULT_DISCORD,
    }.items():
        raw = answer(429, b"<html>banned</html>", **HTML, Retry_After=told)
        yield fixed(f"Cloudflare says {told[:9]}", raw, WAITING, wait)


def slack_limits() -> Iterator[Case]:
    """Yield Slack's 429s: with a figure, with none, with absurd ones, and the errors that mean the same."""
    waits = {
        "77": 77.0, " 77 ": 77.0, "1": 1.0, "9" * 12: DAY, "9" * 5000: DAY,
        "": _DEFAULT_SLACK, "0": _DEFAULT_SLACK, "-5": _DEFAULT_SLACK, "2.5": _DEFAULT_SLACK,
        "soon": _DEFAULT_SLACK, "²": _DEFAULT_SLACK,
        "Wed, 21 Oct 2026 07:28:00 GMT": _DEFAULT_SLACK,
    }  # fmt: skip
    body = json.dumps({"ok": False, "error": "ratelimited"}).encode()
    for told, wait in waits.items():
        yield fixed(f"Retry-After: {told[:12]!r}", answer(429, body, **JSON, Retry_After=told), WAITING, wait)
        yield fixed(
            f"a page, Retry-After: {told[:12]!r}",
            answer(429, b"<p>", **HTML, Retry_After=told),
            WAITING,
            wait,
        )
    yield fixed("no Retry-After", answer(429, body, **JSON), WAITING, _DEFAULT_SLACK)


# --- Slack's own errors --------------------------------------------------------------------------

# https://docs.slack.dev/reference/methods/chat.postMessage#errors and …/conversations.history#errors
SLACK_NOT_NOW = (
    "ratelimited rate_limited message_limit_exceeded service_unavailable request_timeout team_added_to_org "
    "org_login_required accesslimited"
).split()
SLACK_PERHAPS = "internal_error fatal_error".split()
SLACK_REFUSALS = (
    "access_denied account_inactive as_user_not_supported channel_not_found deprecated_endpoint "
    "duplicate_channel_not_found duplicate_message_not_found ekm_access_denied enterprise_is_restricted "
    "invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_blocks "
    "invalid_blocks_format invalid_charset invalid_cursor invalid_form_data invalid_metadata_format "
    "invalid_metadata_schema invalid_post_type invalid_ts_latest invalid_ts_oldest is_archived "
    "messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large method_deprecated "
    "missing_post_type missing_scope msg_blocks_too_long msg_too_long no_permission no_text "
    "not_allowed_token_type not_authed not_in_channel pagination_not_available restricted_action "
    "restricted_action_non_threadable_channel restricted_action_read_only_channel "
    "restricted_action_thread_locked restricted_action_thread_only_channel "
    "slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked "
    "slack_connect_lists_sharing_blocked team_access_not_granted team_not_found token_expired "
    "token_revoked too_many_attachments too_many_contact_cards two_factor_setup_required never_heard_of"
).split()


def slack_errors() -> Iterator[Case]:
    """Yield every error that Slack documents for the two calls that delivery makes."""
    for codes, state in ((SLACK_NOT_NOW, WAITING), (SLACK_PERHAPS, UNKNOWN), (SLACK_REFUSALS, PARKED)):
        for code in codes:
            raw = answer(200, json.dumps({"ok": False, "error": code}).encode(), **JSON)
            yield fixed(code, raw, state)
            if state is UNKNOWN:
                yield fixed(f"{code}, stored", raw, state, stored=True)
