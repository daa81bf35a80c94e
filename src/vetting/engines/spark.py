"""The cluster engine: Apache Spark, on a session of one's own or a local one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa

from vetting.engines.protocol import MapFunction
from vetting.errors import MissingPartError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkEngine"]

_WITH = re.compile(r"\s*WITH\b", re.IGNORECASE)
_BATCH_ROWS = "100000"
# A session of our own stays on this machine: no page to look at, no address but the loopback's.
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}


class SparkEngine:
    """Spark SQL and functions over Arrow batches; nothing but what is asked for comes to the driver.

    Args:
        session: Of your own (a cluster, Databricks, EMR, Spark Connect), which is left open and as it was;
            ``None`` takes the one that is active here, and else starts one on this machine.
        partitions: Into how many parts tables are cut; ``None`` leaves that to Spark.
        master: Where a session of our own runs.

    Raises:
        MissingPartError: PySpark 4 or a Java runtime is not installed.
    """

    def __init__(
        self, session: SparkSession | None = None, *, partitions: int | None = None, master: str = "local[*]"
    ) -> None:
        session = session or _active()
        self._own = session is None
        self._session = session or _started(master)
        self._partitions = partitions
        self._views: list[str] = []

    def map(self, table: Any, function: MapFunction, schema: pa.Schema) -> DataFrame:
        """Apply a pure function to every batch of a table, on the executors.

        Args:
            table: A DataFrame or an Arrow table.
            function: Must pickle; the executors need the package too.
            schema: Of the batches that it returns.
        """
        from pyspark.sql.pandas.types import from_arrow_schema

        def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                yield function(batch).cast(schema)

        return self._frame(table).mapInArrow(each, from_arrow_schema(schema))

    def sql(self, query: str, **tables: Any) -> DataFrame:
        """Run one query over tables known by their keyword.

        The tables are views of names of their own, which a query that is planned late still finds.
        """
        named = []
        for name, table in tables.items():
            view = f"vetting_{uuid4().hex}"
            self._frame(table).createOrReplaceTempView(view)
            self._views.append(view)
            named.append(f"{name} AS (SELECT * FROM {view})")  # noqa: S608  # both names are ours
        begin = _WITH.match(query)
        rest = f", {query[begin.end() :]}" if begin else f" {query}"
        return self._session.sql(f"WITH {', '.join(named)}{rest}" if named else query)

    def collect(self, table: Any) -> pa.Table:
        """Bring a small result to the driver."""
        return table if isinstance(table, pa.Table) else table.toArrow()

    def close(self) -> None:
        """Drop the views, and stop the session if it was started here."""
        for view in self._views:
            self._session.catalog.dropTempView(view)
        self._views.clear()
        if self._own:
            self._session.stop()

    def _frame(self, table: Any) -> DataFrame:
        frame = self._session.createDataFrame(table) if isinstance(table, pa.Table) else table
        return frame.repartition(self._partitions) if self._partitions else frame


def _active() -> SparkSession | None:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return None
    return SparkSession.getActiveSession()


def _started(master: str) -> SparkSession:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingPartError("the Spark engine", "Install it: pip install 'vetting[spark]'.") from error
    # The workers of a session of our own run on this very Python, unless somebody chose another.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("vetting")
    for name, value in (*_LOCAL.items(), ("spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH_ROWS)):
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise MissingPartError(
            "a Java runtime for the Spark engine", "Install Java 17 or later and set JAVA_HOME."
        ) from error
