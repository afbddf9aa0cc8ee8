"""The bases of every domain type: frozen, closed, comparable."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

__all__ = ["Frozen", "frozen_value"]

# Plugins of other programs are shown whatever a model holds, a report too; looking for them among
# all installed packages takes as long as checking one.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as frozen_value
else:

    def frozen_value(*, frozen: bool, **options: bool) -> "Callable[[type], type]":
        """A frozen dataclass of which a report has hundreds: mypy alone keeps it from changing.

        Refusing changes at run time as well makes every new object cost two and a half times.

        Args:
            frozen: always True; written out for the type checker.
            options: as for a dataclass.
        """
        return dataclass(unsafe_hash=frozen, **options)


class Frozen(BaseModel):
    """A value: never edited after it is made, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
