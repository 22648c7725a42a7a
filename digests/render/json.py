"""A document as JSON, for programs: the same words, runs and links that people see."""

import json
from dataclasses import asdict

from digests.document import Document


def render_json(document: Document) -> str:
    """Return the document as indented JSON, one object, UTF-8 characters kept."""
    return json.dumps(asdict(document), ensure_ascii=False, indent=2) + "\n"
