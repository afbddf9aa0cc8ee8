"""AnnualReport → CheckRun: every rule applied, every finding with its evidence."""

from checker.checks import cells as cells
from checker.checks import form as form
from checker.checks.engine import run_checks

__all__ = ["run_checks"]
