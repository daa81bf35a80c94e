"""Work spread over processes of our own: a function over items, results in the items' order.

A worker is a plain interpreter that imports the function's module and nothing of the program that asked, so that
scripts without a ``__main__`` guard, consoles and notebooks may use it. It gets its work over a pipe and ends
when the pipe does: whoever kills the parent leaves no worker behind.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from vetting.errors import WorkerError

__all__ = ["processors", "run_in_workers"]

Result = TypeVar("Result")

# The parent's module path comes first over the pipe: it may have been changed since the parent began.
_START = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); import vetting.processes as p; p.serve()"
_AHEAD = 2  # items under way for each worker, so that none waits for whoever takes the results


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def run_in_workers(
    function: Callable[..., Result], items: Iterable[Any], *, workers: int, shared: tuple[Any, ...] = ()
) -> Generator[Result, None, None]:
    """Call a function for each item, in worker processes, and yield the results in the items' order.

    Args:
        function: Of a module that can be imported; called as ``function(*shared, item)``.
        items: Taken one by one, at most two for each worker before the oldest result is yielded.
        workers: Processes; with one or none, or where there is no interpreter to start (a frozen program), the
            calls are made in this process. A worker is started when there is an item for it.
        shared: Arguments that are the same for all; sent to each worker once.

    Yields:
        A result for each item. Whoever stops taking them ends the workers.

    Raises:
        WorkerError: A worker died, or raised something that cannot be sent.
        BaseException: What the function raised, for the first of the items where it did.

    Cost: some .3 CPU seconds a worker for an interpreter that imports numpy and Arrow. Function, items, shared
    and results are pickled: let large ones lie in files.

    Example:
        >>> from math import factorial
        >>> list(run_in_workers(factorial, range(4), workers=1))
        [1, 1, 2, 6]
    """
    if workers < 2 or not sys.executable or getattr(sys, "frozen", False):
        for item in items:
            yield function(*shared, item)
        return
    task = pickle.dumps((function, shared), pickle.HIGHEST_PROTOCOL)
    idle: list[_Worker] = []
    started: list[_Worker] = []

    def run(item: Any) -> Result:
        try:
            worker = idle.pop()
        except IndexError:
            worker = _Worker(task)
            started.append(worker)
        result: Result = worker.call(item)
        idle.append(worker)
        return result

    threads = ThreadPoolExecutor(workers, thread_name_prefix="vetting-worker")
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(threads.submit(run, item))
            if len(waiting) >= _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in tuple(started):
            worker.kill()
        threads.shutdown(wait=True)
        for worker in started:
            worker.close()


class _Worker:
    """An interpreter at the other end of two pipes; one call at a time.

    Args:
        task: Function and shared arguments, pickled.
    """

    def __init__(self, task: bytes) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            [sys.executable, "-P", "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._head = pickle.dumps(sys.path) + task

    def call(self, item: Any) -> Any:
        """Send an item and wait for its result."""
        sent = self._head + pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(sent)
            self._process.stdin.flush()
            self._head = b""
            done, result = pickle.load(self._process.stdout)  # noqa: S301 - from our own worker
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.kill()
            raise WorkerError(self._process.wait()) from error
        if not done:
            raise result
        return result

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """Wait for its end and let go of the pipes."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was still to be written has no reader any more
                pipe.close()


def serve() -> None:
    """Be a worker: read a function and its items from standard input until it ends, and write what comes of them.

    What the function prints goes to standard error, if there is one.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends us
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    elsewhere = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    os.dup2(elsewhere, sys.stdout.fileno())
    function, shared = pickle.load(source)  # noqa: S301 - from our own parent
    while True:
        try:
            item = pickle.load(source)  # noqa: S301 - the same
        except EOFError:
            return
        try:
            answer = (True, function(*shared, item))
            sent = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent is told
            sent = pickle.dumps((False, _sendable(error)))
        try:
            target.write(sent)
            target.flush()
        except BrokenPipeError:
            os._exit(1)  # nobody listens; there is nothing to tidy


def _sendable(error: BaseException) -> BaseException:
    """The error with its traceback as a note, or where it cannot be pickled, one that tells its class."""
    import traceback

    where = "".join(traceback.format_tb(error.__traceback__))
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        same = type(again) is type(error)
    except Exception:  # noqa: BLE001 - whatever a foreign class raises when it is taken apart
        same = False
    sent = error if same else WorkerError(None, reason=f"raised {type(error).__name__}")
    sent.add_note(f"In a worker process:\n{where}")
    return sent
