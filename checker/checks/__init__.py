"""AnnualReport → CheckRun: every rule applied, every finding with its evidence."""

from checker.checks import aspects as aspects
from checker.checks import cells as cells
from checker.checks import contents as contents
from checker.checks import form as form
from checker.checks import numbering as numbering
from checker.checks import sections as sections
from checker.checks.engine import run_checks

__all__ = ["run_checks"]
