"""AnnualReport → CheckRun: every rule applied, every finding with its evidence."""

from checker.checks import annual_points as annual_points
from checker.checks import aspects as aspects
from checker.checks import basis as basis
from checker.checks import cells as cells
from checker.checks import claims as claims
from checker.checks import contents as contents
from checker.checks import dates as dates
from checker.checks import deadline as deadline
from checker.checks import fee as fee
from checker.checks import fee_amount as fee_amount
from checker.checks import final_accounts as final_accounts
from checker.checks import form as form
from checker.checks import missing as missing
from checker.checks import numbering as numbering
from checker.checks import old_terms as old_terms
from checker.checks import period as period
from checker.checks import report_year as report_year
from checker.checks import rule_making as rule_making
from checker.checks import sections as sections
from checker.checks import time_limits as time_limits
from checker.checks import wording_address as wording_address
from checker.checks import wording_bodies as wording_bodies
from checker.checks import wording_expressions as wording_expressions
from checker.checks import wording_names as wording_names
from checker.checks import wording_private as wording_private
from checker.checks import wording_residue as wording_residue
from checker.checks import wording_slips as wording_slips
from checker.checks.engine import run_checks

__all__ = ["run_checks"]
