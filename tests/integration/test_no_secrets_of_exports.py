"""Whatever secrets and texts an export holds beside its accounts, none reaches the store, in no column and no file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.holdings import every_byte_and_cell, passport
from tests.reader_seeds import SEEDS

from vetting.ingestion import ListStore
from vetting.readers.exports.reading import is_export
from vetting.readers.files import file_sha256

SECRET = "zwyntharquolle"  # no name and no id has it
KEYS = ("password", "passwordHash", "access_token", "refreshToken", "secret", "session_id", "otp", "privateKey", "cookies",
        "api_key", "deviceToken", "security_answer", "backup_codes", "creditCard")  # fmt: skip
TEXTS = {"body", "content", "full_text", "selftext", "caption"}


def _documents(content: bytes) -> list[Any] | None:
    """The JSON documents of a seed; ``None`` for what is no JSON."""
    text = content.decode("utf-8", "replace")
    for texts in ([text], text.splitlines()):
        try:
            return [json.loads(one) for one in texts if one.strip()]
        except ValueError:
            continue
    return None


def _planted(given: Any) -> Any:
    if isinstance(given, list):
        return [_planted(one) for one in given]
    if not isinstance(given, dict):
        return given
    own = {
        key: SECRET if key in TEXTS and isinstance(value, str) else _planted(value)
        for key, value in given.items()
    }
    return own | {key: f"{SECRET} {key}" for key in KEYS if key not in own}


def _json_seeds(folder: Path) -> list[str]:
    found = []
    for name, (content, *_) in SEEDS.items():
        (folder / "seed").write_bytes(content)
        if _documents(content) is not None and is_export(folder / "seed"):
            found.append(name)
    return found


def test_no_secret_and_no_text_of_an_export_is_in_any_column_or_file(tmp_path: Path) -> None:
    seeds = _json_seeds(tmp_path)
    assert {"Discord", "Telegram", "Messenger", "Signal", "signal-export"} <= set(seeds)
    for number, name in enumerate(seeds):
        documents = _documents(SEEDS[name][0])
        assert documents is not None
        source = tmp_path / f"{number}.json"
        source.write_text("\n".join(json.dumps(_planted(one)) for one in documents), encoding="utf-8")
        assert SECRET in source.read_text(encoding="utf-8")
        with ListStore.open(tmp_path / f"store{number}") as store:
            report = store.ingest(source, passport(sha256=file_sha256(source)))
        assert report.accounts, f"of {name} nothing was read, so that nothing is shown"
        found = [
            place
            for place, content in every_byte_and_cell(tmp_path / f"store{number}")
            if SECRET.encode() in content
        ]
        assert not found, f"{name}: {found}"
