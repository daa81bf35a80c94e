"""Spark for tests: a session on this machine, or a standalone cluster of two worker processes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.requirements import missing_part

__all__ = ["Cluster", "spark_cluster", "spark_session"]

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 60.0


def _require() -> None:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        missing_part("no Java runtime: install default-jre-headless")
    try:
        import pyspark  # noqa: F401
    except ImportError:
        missing_part("no PySpark: pip install 'vetting[spark]'")


@contextmanager
def spark_session(master: str = "local[2]", **settings: str) -> Iterator[Any]:
    """Start a session, quiet and on the loopback only."""
    _require()
    from pyspark.sql import SparkSession

    # What the workers import is this checkout.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    builder = SparkSession.builder.master(master).appName("vetting tests")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.python.authenticate.socketTimeout": "60s",
        **{key.replace("_", "."): value for key, value in settings.items()},
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


class Cluster:
    """A standalone cluster on the loopback.

    Attributes:
        master: Its address.
        workers: The worker processes.
    """

    def __init__(self, master: str, workers: list[subprocess.Popen[bytes]]) -> None:
        self.master = master
        self.workers = workers


@contextmanager
def spark_cluster(folder: Path, *, workers: int = 2) -> Iterator[Cluster]:
    """Start a master and its workers as processes of their own."""
    _require()
    with ExitStack() as running:
        log = folder / "master.log"
        _start(
            running, log, folder, "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"
        )
        address = _seen(log, r"spark://127\.0\.0\.1:\d+")
        processes = [
            _start(
                running, folder / f"worker-{number}.log", folder, "worker.Worker", "--host", "127.0.0.1",
                "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder / f"work-{number}"),
                address,
            )
            for number in range(workers)
        ]  # fmt: skip
        for number in range(workers):
            _seen(folder / f"worker-{number}.log", "Successfully registered with master")
        yield Cluster(address, processes)


def _start(
    running: ExitStack, log: Path, folder: Path, what: str, *arguments: str
) -> subprocess.Popen[bytes]:
    import pyspark

    script = Path(pyspark.__file__).parent / "bin" / "spark-class"
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOG_DIR": str(folder),
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    output = running.enter_context(log.open("wb"))
    process = subprocess.Popen(
        ["bash", str(script), f"org.apache.spark.deploy.{what}", *arguments],
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    running.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _seen(log: Path, pattern: str) -> str:
    """Wait until a log says something."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        found = (
            re.search(pattern, log.read_text(encoding="utf-8", errors="replace")) if log.exists() else None
        )
        if found:
            return found[0]
        time.sleep(0.1)
    raise TimeoutError(f"{log.name} never said {pattern}: {log.read_text(errors='replace')[-2000:]}")
