"""What Slack says, as values of ours: its error answers, and ``/digest`` as typed."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.commands import DigestRequest, Wants
from bot.platforms.base import DeliveryDeferred, DeliveryError, DeliveryRefused, DeliveryUnknown

RETRY_AFTER = timedelta(seconds=30)

# https://docs.slack.dev/reference/methods/chat.postMessage#errors; "{…}" are fields of ErrorAnswer.
_ADVICE = {
    "channel_not_found": 'Slack shows the bot no channel {channel}: check the id behind "to:"; in a private '
    "channel, type /invite @{bot}",
    "not_in_channel": "the bot is not in {channel}: type /invite @{bot} there",
    "is_archived": '{channel} is archived: unarchive it, or change "to:"',
    "restricted_action": "the workspace does not let the bot post in {channel}: ask its admin",
    "restricted_action_read_only_channel": "{channel} is read-only: let @{bot} post there",
    "invalid_auth": "Slack does not accept the {credential}: copy it again from the app's pages",
    "not_authed": "Slack got no {credential}: set it in the configuration",
    "not_allowed_token_type": "this is not a {credential}: xoxb-… goes to bot_token, xapp-… to app_token",
    "account_inactive": "the {credential} belongs to an app or workspace that was removed: install it again",
    "token_revoked": "the {credential} was revoked: install the app again and set the new one",
    "token_expired": "the {credential} has expired: turn token rotation off, or set a new one",
    "missing_scope": "the app lacks the scope {needed}: install it again from slack_manifest.yaml",
    "msg_too_long": "Slack finds the message too long",
    "msg_blocks_too_long": "Slack finds the message's blocks too long together",
    "invalid_blocks": "Slack finds the message's blocks malformed",
}
_RATE_LIMITED = frozenset(("ratelimited", "rate_limited", "message_limit_exceeded"))
_NOT_NOW = frozenset(
    ("service_unavailable", "request_timeout", "team_added_to_org", "org_login_required", "accesslimited")
)
# "It's possible some aspect of the operation succeeded before the error was raised."
_PERHAPS_DONE = frozenset(("internal_error", "fatal_error"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorAnswer:
    """An answer of Slack's Web API that is not ok. ``code`` is its ``error``, or empty.

    ``storing`` says that the call posts, so that repeating it could post twice. The other fields
    fill the advice: ``credential`` names the token that was used, ``needed`` the scopes that lack.
    """

    status: int
    code: str
    storing: bool
    retry_after: timedelta | None = None
    channel: str = "the channel"
    bot: str = "onrecord"
    credential: str = "bot token"
    needed: str = "that the call needs"

    def as_error(self) -> DeliveryError:
        """Return how the delivery ended, in words for the operator.

        A 5xx may come from a gateway behind which the message was stored all the same: for a call that
        posts, the outcome is unknown. What Slack itself finds unavailable or too fast was not taken in.
        """
        later = self.retry_after or RETRY_AFTER
        if self.status == 429 or self.code in _RATE_LIMITED:
            return DeliveryDeferred("Slack asks to slow down", retry_after=later)
        if self.status in (408, 425) or self.code in _NOT_NOW:
            return DeliveryDeferred(f"Slack is not available now ({self._told})", retry_after=later)
        if self.status >= 500 or (self.status < 300 and not self.code) or self.code in _PERHAPS_DONE:
            return unclear(f"Slack failed ({self._told})", storing=self.storing)
        return DeliveryRefused(self._advice())

    @property
    def _told(self) -> str:
        return self.code or f"HTTP {self.status}"

    def _advice(self) -> str:
        known = _ADVICE.get(self.code)
        if known is None:
            return f"Slack refuses ({self._told})"
        words = known.format(
            channel=self.channel, bot=self.bot, credential=self.credential, needed=self.needed
        )
        return f"{words} ({self.code})"


def unclear(message: str, *, storing: bool) -> DeliveryError:
    """Return the error of a call that broke half way: only one that posts leaves a doubt behind."""
    if storing:
        return DeliveryUnknown(message)
    return DeliveryDeferred(message, retry_after=RETRY_AFTER)


def read_retry_after(header: str | None) -> timedelta | None:
    """Return the seconds of a ``Retry-After`` header, ``None`` where it is missing or no number."""
    if header is None or not header.strip().isdecimal():
        return None
    return timedelta(seconds=min(float(header), 86_400))


# Slack may hand an address over as ``<https://…>`` or ``<https://…|label>``, with entities.
_ESCAPED_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def parse_command(command: Mapping[str, str]) -> DigestRequest:
    """Return what a ``/digest`` asks for: how to type it, where its words are not understood.

    ``command`` is the payload of a slash command
    (https://docs.slack.dev/interactivity/implementing-slash-commands).
    """
    words = _ESCAPED_LINK.sub(lambda found: f" {html.unescape(found[1])} ", command.get("text", "")).split()
    links = [word for word in words if _LINK.fullmatch(word)]
    shares = [word for word in words if word.lower() == "share"]
    channel = command.get("channel_id", "")
    direct = command.get("channel_name") == "directmessage" or channel.startswith("D")
    if len(links) > 1 or len(shares) > 1 or len(links) + len(shares) < len(words):
        return DigestRequest(platform="slack", channel=channel, direct=direct, wants=Wants.USAGE)
    return DigestRequest(
        platform="slack",
        channel=channel,
        direct=direct,
        url=links[0] if links else None,
        share=bool(shares),
    )
