"""``python -m checker.cli``: the command where the folder of scripts is not on the path."""

import sys

from checker.cli.main import entry

sys.exit(entry())
