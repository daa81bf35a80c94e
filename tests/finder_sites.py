"""Sites on this computer for account finders to ask: some know a person who is invented, some nobody, some everybody."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["CONTROLS", "KINDS", "PERSON", "finder_sites"]

PERSON = "vornskald_77"
"""Who has accounts."""
CONTROLS = ("qzkfjw81xv", "wpxtrl40dy", "hbvnzq66kc")
"""Handles that were made up at random."""
KINDS = ("profile", "page", "nobody", "everybody", "forbidden", "busy", "slow", "broken")
"""First parts of paths: two sites that know the person, one that knows nobody, one that knows everybody, four that
do not answer the question."""

_PROFILE = {
    "login": PERSON,
    "gists_url": "https://example.org/gists",  # these two show the tools what kind of page it is
    "received_events_url": "https://example.org/events",
    "name": "Maren Quillmere",
    "location": "Harrowby",
    "blog": "https://example.net/quillmere",
    "twitter_username": "quillmere_m",
    "bio": "Also oakmarrow at https://example.com/oakmarrow",
    "created_at": "2014-05-13T10:00:00Z",
    "followers": 3,
}


class _Sites(BaseHTTPRequestHandler):
    stop: threading.Event

    def do_GET(self) -> None:
        kind, _, rest = self.path.strip("/").partition("/")
        who = rest.partition("?")[0]
        code, page = 404, "<html>no such user</html>"
        if kind == "everybody" or (kind == "page" and who == PERSON):
            code, page = 200, f"<html>profile of {who}</html>"
        elif kind == "page":
            code = 200
        elif kind == "profile" and who == PERSON:
            code, page = 200, json.dumps(_PROFILE)
        elif kind in {"forbidden", "busy", "broken"}:
            code, page = {"forbidden": 403, "busy": 429, "broken": 503}[kind], "<html>no</html>"
        elif kind == "slow":
            self.stop.wait(60)
        content = page.encode()
        with suppress(OSError):  # whoever asked has gone
            self.send_response(code)
            self.send_header(
                "Content-Type", "application/json" if page.startswith("{") else "text/html; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    do_HEAD = do_GET  # noqa: N815 - the server's own name for it

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # the tools ask many at once; of a full queue they would time out


@contextmanager
def finder_sites() -> Iterator[str]:
    """Serve them on a free port of 127.0.0.1; gives the address, to which ``/KIND/HANDLE`` is added."""
    stop = threading.Event()
    handler = type("Sites", (_Sites,), {"stop": stop})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
