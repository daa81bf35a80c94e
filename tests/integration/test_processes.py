"""Work in processes of our own: order, errors, deaths, and programs that are not written with processes in mind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from math import factorial
from pathlib import Path

import pytest

from vetting.errors import HashMismatchError, WorkerError
from vetting.processes import processors, run_in_workers

SOURCE = Path(__file__).parents[2] / "src"
JOBS = """
import os, sys, time
from vetting.errors import HashMismatchError, StoreError

def slow_first(folder, item):
    time.sleep(0.3 if item == 0 else 0)
    print("a worker prints")
    return item, os.getpid(), folder

def fails(item):
    if item == 2:
        raise StoreError("no room")
    if item == 3:
        raise HashMismatchError("some.file", reason="it differs", remedy="Look again.")
    return item

def dies(item):
    if item == 1:
        os._exit(7)
    return item

def killed(item):
    if item == 1:
        os.kill(os.getpid(), 9)
    return item
"""


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    (tmp_path / "some_jobs.py").write_text(JOBS)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("some_jobs")
    sys.modules.pop("some_jobs")


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(run_in_workers(factorial, range(9), workers=workers)) == [factorial(n) for n in range(9)]
    assert list(run_in_workers(factorial, [], workers=workers)) == []


def test_the_work_is_done_elsewhere_by_so_many_and_what_is_shared_is_there(jobs) -> None:
    found = list(run_in_workers(jobs.slow_first, range(6), workers=2, shared=("folder",)))
    assert [item for item, _, _ in found] == list(range(6))
    assert {shared for _, _, shared in found} == {"folder"}
    assert os.getpid() not in {process for _, process, _ in found}
    assert len({process for _, process, _ in found}) == 2


def test_items_are_taken_as_they_are_needed() -> None:
    taken = []

    def items():
        for item in range(100):
            taken.append(item)
            yield item

    results = run_in_workers(factorial, items(), workers=2)
    assert next(results) == 1
    assert len(taken) <= 4
    results.close()


def test_what_the_function_raises_is_raised_here_after_the_results_before_it(jobs) -> None:
    results = run_in_workers(jobs.fails, range(9), workers=2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(Exception, match="no room") as caught:
        next(results)
    assert type(caught.value).__name__ == "StoreError"
    assert "fails" in caught.value.__notes__[0]


def test_an_error_that_cannot_be_sent_is_named(jobs) -> None:
    try:
        list(run_in_workers(jobs.fails, [3, 3], workers=2))
    except WorkerError as error:
        assert error.reason == "raised HashMismatchError"
        assert error.status is None
    except HashMismatchError:
        pass  # it can be sent, after all


@pytest.mark.parametrize(("job", "status"), [("dies", 7), ("killed", -signal.SIGKILL)])
def test_a_worker_that_dies_is_an_error_with_its_status(jobs, job: str, status: int) -> None:
    with pytest.raises(WorkerError, match="run it again") as caught:
        list(run_in_workers(getattr(jobs, job), range(5), workers=2))
    assert caught.value.status == status


def test_whoever_stops_early_leaves_no_worker(jobs) -> None:
    results = run_in_workers(jobs.slow_first, range(50), workers=2, shared=("x",))
    _, process, _ = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def run_script(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = folder / "a_script.py"
    script.write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    done = run_script(
        "print('begins')\nfrom math import factorial\nfrom vetting.processes import run_in_workers\n"
        "print(list(run_in_workers(factorial, range(4), workers=2)))\n",
        tmp_path,
    )
    assert done.stdout == "begins\n[1, 1, 2, 6]\n", done.stderr


def test_a_program_without_standard_error_may_use_it(tmp_path: Path) -> None:
    (tmp_path / "some_jobs.py").write_text(JOBS)
    done = run_script(
        "import os\nos.close(2)\nimport some_jobs\nfrom vetting.processes import run_in_workers\n"
        "print([one[0] for one in run_in_workers(some_jobs.slow_first, range(3), workers=2, shared=('x',))])\n",
        tmp_path,
    )
    assert done.stdout == "[0, 1, 2]\n"


def test_a_console_may_use_it(tmp_path: Path) -> None:
    typed = (
        "from math import factorial; from vetting.processes import run_in_workers\n"
        "print(list(run_in_workers(factorial, range(4), workers=2)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-i"],
        input=typed,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "[1, 1, 2, 6]" in done.stdout, done.stderr


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "some_jobs.py").write_text(JOBS)
    script = tmp_path / "parent.py"
    script.write_text(
        "import some_jobs\nfrom vetting.processes import run_in_workers\n"
        "results = run_in_workers(some_jobs.slow_first, range(1000), workers=2, shared=('x',))\n"
        "print(next(results)[1], flush=True)\nimport time\ntime.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        try:
            # A worker whose parent is gone may wait, ended, for whoever inherits it.
            if Path(f"/proc/{worker}/stat").read_text().split()[2] == "Z":
                return
            os.kill(worker, 0)
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")


def test_there_is_a_processor() -> None:
    assert processors() >= 1
