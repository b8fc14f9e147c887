"""The JSON Schema of a plan file, for editors: what may stand where, and what it means. It lets through more than
`plan check` does: codes, units and dates that must fit each other are looked at there.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from models.plan.schema import Plan

FILE_NAME = "plan.schema.json"
"""Beside the plans; the first line of a plan names it to the editor."""


class _WithoutTitles(GenerateJsonSchema):
    """Editors show the key itself; its name once more, with a capital, helps nobody."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - asked for every key
        return False


def plan_json_schema() -> dict[str, Any]:
    """Draft 2020-12, without an address of its own, so that it means the same wherever it lies."""
    found = Plan.model_json_schema(schema_generator=_WithoutTitles)
    for part in (found, *found["$defs"].values()):
        part.pop("title", None)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A reporting plan of dondoc"}
    return head | found
