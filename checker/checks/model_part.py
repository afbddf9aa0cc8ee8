"""What a run says about the language model when none has read the report."""

from typing import Final, Literal

from checker.domain.run import CheckRun, ModelPart, Problem
from checker.errors import ModelError
from checker.rulebook.points import load_model_points

STAGE: Final = "llm"


def without_model(run: CheckRun, status: Literal["off", "not_configured"]) -> CheckRun:
    """The run of the code alone; it tells what nobody looked at."""
    not_assessed = load_model_points().not_assessed
    return run.model_copy(update={"model": ModelPart(status=status, not_assessed=not_assessed)})


def with_failure(run: CheckRun, error: ModelError, base_url: str) -> CheckRun:
    """The run of the code after a model failed: what the code found stands, and is for review."""
    part = ModelPart(
        status="failed", base_url=base_url, not_assessed=load_model_points().not_answered
    )
    return run.model_copy(
        update={
            "verdict": "review" if run.verdict == "pass" else run.verdict,
            "problems": (*run.problems, Problem(stage=STAGE, message=str(error))),
            "model": part,
        }
    )
