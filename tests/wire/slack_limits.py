"""What Slack says to a payload: its error code, or nothing where it takes the message.

Limits from https://docs.slack.dev/reference/block-kit; ``msg_blocks_too_long`` as met in practice.
``unescaped_mention`` and ``unfurls`` are codes of our own: Slack would take the message and ping.
"""

import json
import re
from typing import Any

RICH_TEXT_ELEMENTS = ("rich_text_section", "rich_text_list")
_LIVE = re.compile(r"<[!@#]|<[^<>|]*\|")


def refusal(payload: dict[str, Any]) -> str:
    """Return the code that refuses ``payload``, or an empty string."""
    blocks = payload.get("blocks") or []
    if not (payload.get("text") or blocks):
        return "no_text"
    if payload.get("unfurl_links") is not False or payload.get("unfurl_media") is not False:
        return "unfurls"
    if len(payload.get("text") or "") > 40_000:
        return "msg_too_long"
    if _LIVE.search(payload.get("text") or ""):
        return "unescaped_mention"
    if len(blocks) > 50:
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) >= 12_000:
        return "msg_blocks_too_long"
    return next((code for block in blocks if (code := _block(block))), "")


def _block(block: dict[str, Any]) -> str:
    match block:
        case {"type": "divider"}:
            return ""
        case {"type": "header", "text": {"type": "plain_text"} as text}:
            return _text_object(text, 150)
        case {"type": "section", "text": text}:
            return _text_object(text, 3_000)
        case {"type": "context", "elements": [_, *_] as elements} if len(elements) <= 10:
            return next((code for text in elements if (code := _text_object(text, 3_000))), "")
        case {"type": "rich_text", "elements": [_, *_] as elements}:
            return next((code for element in elements if (code := _rich_element(element))), "")
    return "invalid_blocks"


def _text_object(text: Any, max_chars: int) -> str:
    match text:
        case {"type": "plain_text" | "mrkdwn", "text": str(words)} if 0 < len(words) <= max_chars:
            return "unescaped_mention" if _LIVE.search(words) else ""
    return "invalid_blocks"


def _rich_element(element: dict[str, Any]) -> str:
    match element:
        case {"type": "rich_text_section", "elements": [_, *_] as parts}:
            return next((code for part in parts if (code := _rich_part(part))), "")
        case {"type": "rich_text_list", "style": "bullet" | "ordered", "elements": [_, *_] as items}:
            sections = all(item.get("type") == "rich_text_section" for item in items)
            return next((code for item in items if (code := _rich_element(item))), "") if sections else _BAD
    return _BAD


def _rich_part(part: dict[str, Any]) -> str:
    match part:
        case {"type": "user" | "usergroup" | "channel" | "broadcast" | "team"}:
            return "unescaped_mention"
        case {"type": "text", "text": str(words)} if words:
            return _styled(part, {"type", "text", "style"})
        case {"type": "link", "url": str(url), "text": str(words)} if words and 0 < len(url) <= 3_000:
            return _styled(part, {"type", "url", "text", "style"})
    return _BAD


def _styled(part: dict[str, Any], allowed: set[str]) -> str:
    style = part.get("style", {})
    known = set(style) <= {"bold", "italic", "strike", "code"} and all(
        type(on) is bool for on in style.values()
    )
    return "" if known and set(part) <= allowed else _BAD


_BAD = "invalid_blocks"
