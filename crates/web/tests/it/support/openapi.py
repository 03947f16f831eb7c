"""Holds answers against the API's own document.

Reads {"document": …, "answers": [{"path", "status", "content_type", "body"}]} from stdin, and prints how many answers
it has judged. Whatever isn't as the document says ends it with a sentence.
"""

import copy
import json
import re
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator


def strict(node):
    """The same shapes, with no field allowed that isn't described."""
    if isinstance(node, dict):
        node = {key: strict(value) for key, value in node.items()}
        if "properties" in node:
            node["additionalProperties"] = False
    elif isinstance(node, list):
        node = [strict(value) for value in node]
    return node


def operation(document, path):
    for template, item in document["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", template), path):
            return template, item["get"]
    sys.exit(f"{path} isn't in the document")


def main():
    given = json.load(sys.stdin)
    document = given["document"]
    errors = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
    if errors:
        sys.exit(f"the document isn't OpenAPI 3.1: {errors}")
    shapes = strict(copy.deepcopy(document["components"]))
    judged = 0
    for answer in given["answers"]:
        template, asked = operation(document, answer["path"].split("?")[0])
        described = asked["responses"].get(str(answer["status"]))
        if described is None:
            sys.exit(f"{answer['path']}: {answer['status']} isn't described")
        content = described.get("content", {}).get(answer["content_type"])
        if content is None:
            sys.exit(f"{answer['path']}: {answer['content_type']} isn't described")
        if not answer["content_type"].endswith("json"):
            continue
        schema = {**content["schema"], "components": shapes}
        judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for error in judge.iter_errors(json.loads(answer["body"])):
            sys.exit(f"{answer['path']}: {error.json_path}: {error.message}")
        judged += 1
    print(judged)


main()
