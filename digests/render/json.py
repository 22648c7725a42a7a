"""A document as JSON, for programs: the same words, runs and links that people see."""

import json
import re
from dataclasses import asdict

from digests.document import Document

# What turns the writing direction or ends a line, and halves of pairs, which UTF-8 does not know.
_INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render_json(document: Document) -> str:
    """Return the document as indented JSON, one object: letters as they are, controls escaped."""
    text = json.dumps(asdict(document), ensure_ascii=False, indent=2)
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
