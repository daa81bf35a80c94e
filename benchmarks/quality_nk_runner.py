"""Scores pairs of people with nomenklatura's logic-v2; runs in that package's own environment.

Reads JSON lines ``[left, right]``, each a mapping with ``name``, ``date_of_birth``, ``email``, ``phone``;
writes a score a line.
"""

from __future__ import annotations

import json
import sys

from followthemoney import EntityProxy  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]

_PROPERTIES = {"name": "name", "date_of_birth": "birthDate", "email": "email", "phone": "phone"}


def _entity(key: str, row: dict[str, str]) -> EntityProxy:
    properties = {name: [row[column]] for column, name in _PROPERTIES.items() if row.get(column)}
    return EntityProxy.from_dict({"id": key, "schema": "Person", "properties": properties})


def main() -> None:
    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    for number, line in enumerate(sys.stdin):
        left, right = json.loads(line)
        # Names are cached by entity id, so that every entity needs an id of its own.
        score = algorithm.compare(_entity(f"l{number}", left), _entity(f"r{number}", right), config).score
        print(score)


if __name__ == "__main__":
    main()
