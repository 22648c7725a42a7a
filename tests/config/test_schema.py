import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.problems import BadValue
from config.schema import render_json_schema
from config.values import parse_term
from digests.filters import compile_terms

CONFIG = Path(__file__).parents[2] / "config"
SCHEMA: dict[str, Any] = json.loads(render_json_schema())
OBJECTS = {"the top": SCHEMA, **{name: one for name, one in SCHEMA["$defs"].items() if "properties" in one}}


def test_the_committed_schema_is_fresh():
    """config/schema.json is what ``python -m config.schema`` prints."""
    assert (CONFIG / "schema.json").read_text(encoding="utf-8") == render_json_schema()


@pytest.mark.parametrize("name", OBJECTS)
def test_the_schema_describes_every_key_and_allows_no_other(name):
    """An editor shows words for each key and marks a misspelt one."""
    assert OBJECTS[name]["additionalProperties"] is False
    assert [key for key, value in OBJECTS[name]["properties"].items() if not value.get("description")] == []


def test_the_schema_describes_the_file_as_written():
    """Lengths of time, targets and quiet hours are text there; a schedule is text or a list."""
    feed, channel = (SCHEMA["$defs"][name]["properties"] for name in ("Feed", "Channel"))
    every = SCHEMA["properties"]["every"]
    assert (every["type"], every["default"]) == ("string", "15m")
    assert {one["type"] for one in feed["every"]["anyOf"]} == {"string", "null"}
    assert channel["to"]["type"] == "string"
    assert {one["type"] for one in channel["quiet"]["anyOf"]} == {"string", "null"}
    assert {one["type"] for one in channel["schedule"]["anyOf"]} == {"string", "array"}


@pytest.mark.parametrize("name", ["onrecord.yaml", "example.yaml"])
def test_both_files_name_the_schema_in_their_first_line(name):
    """Editors with the YAML language server find it there."""
    first = (CONFIG / name).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=schema.json"


@example(term="/a/I")
@example(term="/a\nb/i")
@given(term=st.text(st.sampled_from("/aimsI x()+?\\[=é"), max_size=8))
def test_a_term_is_good_in_a_configuration_if_and_only_if_it_compiles(term):
    """What ``onrecord check`` accepts, the filter can run; the two rooms share no code."""
    try:
        compile_terms([term])
    except ValueError:
        with pytest.raises(BadValue):
            parse_term(term)
    else:
        assert parse_term(term) == term.strip()
