"""Run the command line with ``python -m vetting``."""

from vetting.cli import main

raise SystemExit(main())
