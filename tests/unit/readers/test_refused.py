"""Outputs of holehe and Snoop, combolists and stealer logs are refused with a reason; nothing else is.

The layouts are those of the producers' own writing code (holehe's ``export_csv`` and ``print_result``, Snoop's reports
of 2020 and 2023); combolists and stealer logs were written by hand after how they are described. Everybody is invented.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.holdings import passport
from tests.reader_seeds import PERSONAL, SEEDS, read_as_list

from vetting.errors import ListRefusedError, VettingError
from vetting.ingestion import ListStore
from vetting.readers import read_list
from vetting.readers.files import file_sha256
from vetting.readers.inspect import inspect
from vetting.readers.refused import refuse_stolen

ROWS = range(1, 9)
HOLEHE = (
    "name,domain,method,frequent_rate_limit,rateLimit,exists,emailrecovery,phoneNumber,others\r\n"
    "amazon,example.org,login,False,False,True,,,\r\n"
)
COOKIES = "".join(f".example.org\tTRUE\t/\tFALSE\t180000000{n}\tsid\tvornskald{n}\n" for n in ROWS)
BLOCKS = "".join(
    f"URL: https://example.org/{n}\nUsername: vornskald_{n}\nPassword: oakmarrow{n}\nApplication: Chrome\n===\n"
    for n in ROWS
)
STOLEN = {
    "holehe": {
        "csv": HOLEHE,
        "csv, older": "name,rateLimit,exists,emailrecovery,phoneNumber,others\namazon,False,True,q***e@example.org,,\n",
        "csv, semicolons": HOLEHE.replace(",", ";"),
        "list of its modules' answers": "[{'name': 'amazon', 'rateLimit': False, 'exists': True, 'emailrecovery': None}]",
        "terminal": "*****\n   quillmere@example.org\n*****\n[+] example.org\n[-] example.net\n[-] example.com\n[x] a.example\n"
        "[-] b.example\n[-] c.example\n\n[+] Email used, [-] Email not used, [x] Rate limit\n6 websites checked in 3 seconds\n",
    },
    "Snoop": {
        "csv": "Никнейм,Ресурс,Страна,Url,Ссылка_на_профиль,Статус,Статус_http,Общее_замедление/мс\r\n"
        "vornskald_7,GitHub,US,https://example.org,https://example.org/vornskald_7,найден!,200,1\r\n",
        "csv, older": "Объект,Ресурс,url_main,url_user,статус,статус_кода,время/мс\r\nvornskald_7,GitHub,a,b,yes,200,1\r\n",
        "txt": "Адрес | ресурс\n\nhttps://example.org/vornskald_7 | GitHub\n\nЗапрашиваемый объект: <vornskald_7> найден: 1 раз(а).",
        "html": "<!DOCTYPE html>\n<head>\n<meta charset='utf-8'>\n</head>\n<body>\n<h3>Snoop Project (Demo Version)</h3>\n",
    },
    "combolist": {
        "colons": "".join(f"quillmere{n}@example.org:oakmarrow{n}\n" for n in ROWS),
        "colons, some lines spoilt": "".join(f"quillmere{n}@example.org:oakmarrow{n}\n" for n in ROWS) + "???\n",
        "hashes": "".join(f"quillmere{n}@example.org:{'5f4dcc3b' * 4}:{n}{n}\n" for n in ROWS),
        "semicolons": "".join(f"quillmere{n}@example.org;oakmarrow{n}!\n" for n in ROWS),
        "names": "".join(f"vornskald_{n}:oakmarrow{n}!\n" for n in ROWS),
        "names and hashes": "".join(f"vornskald_{n}:$2y$10${'a' * 53}\n" for n in ROWS),
        "table": "email,password\n" + "".join(f"quillmere{n}@example.org,oakmarrow{n}\n" for n in ROWS),
    },
    "stealer log": {
        "blocks": BLOCKS,
        "blocks of another": BLOCKS.replace("URL:", "Host:").replace("Username:", "Login:").replace("Password:", "Pass:"),
        "lines": "".join(f"https://example.org/login:quillmere{n}@example.org:oakmarrow{n}\n" for n in ROWS),
        "cookies": "# Netscape HTTP Cookie File\n" + COOKIES,
        "a browser's export": "name,url,username,password,note\nexample.org,https://example.org/,vornskald_7,oakmarrow,\n",
    },
}  # fmt: skip
CASES = [(kind, text) for kind, texts in STOLEN.items() for text in texts.values()]
NAMES = [f"{kind}, {how}" for kind, texts in STOLEN.items() for how in texts]


def refused(path: Path) -> str:
    """The one message of every way in."""
    told = set()
    for way in (refuse_stolen, read_list, inspect):
        with pytest.raises(ListRefusedError) as caught:
            way(path)
        told.add(str(caught.value))
    (message,) = told
    said = message.replace(str(path), "").lower()
    assert not [word for word in PERSONAL if word in said]
    assert "There is no reader for it: " in message
    return message


@pytest.mark.parametrize(("kind", "text"), CASES, ids=NAMES)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_must_have_no_reader_is_refused_by_its_content_with_the_reason(
    tmp_path: Path, kind: str, text: str, codec: str
) -> None:
    path = tmp_path / "members.csv"
    path.write_bytes(text.encode(codec))
    assert kind in refused(path)


def test_a_report_of_snoop_in_the_windows_encoding_is_known(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(STOLEN["Snoop"]["csv"].encode("cp1251"))
    assert "Snoop" in refused(tmp_path / "r.csv")


def test_no_profile_and_no_store_lets_it_in(tmp_path: Path) -> None:
    path = tmp_path / "combo.txt"
    path.write_text(STOLEN["combolist"]["colons"])
    for profile in ("telegram", "maigret", "phpbb"):
        with pytest.raises(ListRefusedError):
            read_list(path, profile=profile)
    with ListStore.open(tmp_path / "lists") as store:
        with pytest.raises(ListRefusedError):
            store.ingest(path, passport(sha256=file_sha256(path)))
        assert store.lists() == ()


@pytest.mark.parametrize(
    "names",
    [
        ("GB[0123]/Passwords.txt", "GB[0123]/Autofills/Chrome.txt", "GB[0123]/UserInformation.txt"),
        ("x/All Passwords.txt", "x/Cookies/Chrome_Default.txt"),
        ("cookies.txt", "System Info.txt", "screen.jpg"),
    ],
)
def test_a_stealer_log_is_known_by_the_files_in_its_archive_or_folder(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    with zipfile.ZipFile(tmp_path / "log.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "oakmarrow")
            (tmp_path / "log" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "log" / name).write_text("oakmarrow")
    assert "stealer log" in refused(tmp_path / "log.zip")
    with pytest.raises(ListRefusedError, match="stealer log"):
        read_list(tmp_path / "log")


def test_one_stolen_file_in_an_archive_is_enough(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        archive.writestr("result.json", SEEDS["Telegram"][0])
        archive.writestr("more.txt", STOLEN["combolist"]["colons"])
    assert "combolist" in refused(tmp_path / "mixed.zip")


@pytest.mark.parametrize("name", [name for name, (_, read) in SEEDS.items() if read is read_as_list])
def test_no_seed_of_a_reader_is_taken_for_something_stolen(tmp_path: Path, name: str) -> None:
    (tmp_path / "seed").write_bytes(SEEDS[name][0])
    refuse_stolen(tmp_path / "seed")


INNOCENT = {
    "e-mail and phone": "email;phone\n" + "".join(f"quillmere{n}@example.org;+44770090012{n}\n" for n in ROWS),
    "e-mail and phone without a header": "".join(f"quillmere{n}@example.org;+44770090012{n}\n" for n in ROWS),
    "e-mail and handle without a header": "".join(f"quillmere{n}@example.org,vornskald_{n}\n" for n in ROWS),
    "name, e-mail, handle": "name,email,handle\n" + "".join(f"M,quillmere{n}@example.org,vorn_{n}\n" for n in ROWS),
    "members with a column of passwords": "username,email,password\n"
    + "".join(f"vornskald_{n},quillmere{n}@example.org,oakmarrow{n}\n" for n in ROWS),
    "e-mail addresses alone": "email\n" + "".join(f"quillmere{n}@example.org\n" for n in ROWS),
    "platforms and handles alone": "".join(f"twitter:vornskald_{n}!\n" for n in ROWS),
    "names and words": "".join(f"vornskald_{n}:oakmarrow{n}\n" for n in ROWS),
    "platforms and handles": "handle\n" + "".join(f"twitter:vornskald_{n}\n" for n in ROWS),
    "pages": "url\n" + "".join(f"https://example.org:8080/vornskald_{n}\n" for n in ROWS),
    "users and sites": "url,username\n" + "".join(f"https://example.org/{n},vornskald_{n}\n" for n in ROWS),
    "senders by their address": "".join(f"quillmere{n}@example.org: see you at {n}\n" for n in ROWS),
    "a chat that quotes a stolen login": "[13/03/2019, 21:04:11] Maren: look\n" * 20
    + "URL: https://example.org\nUsername: vornskald\nPassword: oakmarrow\n",
    "a chat about the tools": "[13/03/2019, 21:04:11] Maren: try github.com/snooppr/snoop, <h3>Snoop Project</h3>\n" * 9
    + "[13/03/2019, 21:05:11] Maren: [+] Email used, [-] Email not used\n",
    "two addresses with something": "quillmere1@example.org:oakmarrow\nquillmere2@example.org:oakmarrow\n",
    "nothing": "\n",
}  # fmt: skip


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT.keys())
def test_ordinary_files_are_not_taken_for_something_stolen(tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text(text, encoding="utf-8")
    refuse_stolen(tmp_path / "file")


def test_an_archive_of_a_chat_or_of_an_account_is_not_taken_for_a_stealer_log(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for name in ("security/browser_cookies.json", "Chrome/Autofill.json", "profile/profile_information.json",
                     "messages/inbox/passwords_1/message_1.json", "about/information.txt"):  # fmt: skip
            archive.writestr(name, '{"participants": [], "messages": []}')
    refuse_stolen(tmp_path / "export.zip")


def test_a_file_that_cannot_be_opened_is_left_to_its_reader(tmp_path: Path) -> None:
    refuse_stolen(tmp_path / "absent")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    refuse_stolen(tmp_path / "broken.zip")
    with pytest.raises(VettingError):
        read_list(tmp_path / "broken.zip")
