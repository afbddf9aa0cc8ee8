"""AnnualReport → claims: every figure and statement of the narrative, tied to the tables."""

from checker.claims.ledger import read_claims

__all__ = ["read_claims"]
