"""The error tree: what keeps us from doing our work, never what is wrong in a report.

    CheckerError                   message (Chinese, for the user) + hint
    ├─ InputError                  path
    │  ├─ UnsupportedFormatError   found, supported
    │  ├─ UnreadableFileError      damaged, encrypted, empty
    │  ├─ LimitExceededError       limit
    │  ├─ NoTextLayerError         scanned pages
    │  └─ NotAnAnnualReportError   looked_for
    ├─ RulebookError               path, key
    │  ├─ RuleFormatError          unknown or missing field
    │  ├─ UnknownCellError         an id that stands in no form
    │  └─ DuplicateRuleError
    ├─ PromptError                 prompt_id
    │  ├─ PromptNotFoundError
    │  └─ PromptVariableError      missing, unknown or unused
    ├─ ModelError                  model, attempt, retryable
    │  ├─ ModelNotConfiguredError  → embedded layer only
    │  ├─ ModelUnavailableError    reason: network, timeout, rate limit, refused key …
    │  ├─ ModelRefusedError
    │  ├─ ModelCancelledError      the user stopped the run
    │  └─ BadReplyError            not the reply type after one repair
    │     └─ QuoteNotFoundError    a quote that is not in the report
    └─ SettingsError               name, value

Exit status: 2 for InputError, SettingsError and ModelError, 3 for RulebookError, PromptError and
anything unforeseen.
"""

from collections.abc import Sequence
from typing import Literal

Unavailable = Literal[
    "network", "timeout", "rate_limit", "server", "auth", "no_model", "request", "context"
]


class CheckerError(Exception):
    """Base of all errors we raise on purpose.

    Args:
        message: what happened and where, in Chinese, for the user.
        hint: what the user can do about it, in Chinese.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint}" if self.hint else self.message


class InputError(CheckerError):
    """The file cannot be checked.

    Args:
        path: name of the file as the user gave it.
    """

    def __init__(self, message: str, *, path: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class UnsupportedFormatError(InputError):
    """The content is of a kind that we do not read."""

    def __init__(
        self, message: str, *, path: str, found: str, supported: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, path=path, hint=hint)
        self.found = found
        self.supported = tuple(supported)


class UnreadableFileError(InputError):
    """The file is damaged, encrypted or empty."""


class LimitExceededError(InputError):
    """The file is larger, longer or deeper than we accept.

    Args:
        limit: name of the limit in ``settings.Limits``.
    """

    def __init__(self, message: str, *, path: str, limit: str, hint: str = "") -> None:
        super().__init__(message, path=path, hint=hint)
        self.limit = limit


class NoTextLayerError(InputError):
    """A PDF of scanned pages: there is nothing to read without OCR."""


class NotAnAnnualReportError(InputError):
    """The text is readable, but nothing of an annual report is in it."""

    def __init__(
        self, message: str, *, path: str, looked_for: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, path=path, hint=hint)
        self.looked_for = tuple(looked_for)


class RulebookError(CheckerError):
    """The rules that came with the program are damaged.

    Args:
        path: file below ``rules/``.
        key: the key in that file.
    """

    def __init__(self, message: str, *, path: str, key: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.key = key


class RuleFormatError(RulebookError):
    """A field is unknown, missing or of the wrong type."""


class UnknownCellError(RulebookError):
    """A formula names a row, column or group that is in no form."""


class DuplicateRuleError(RulebookError):
    """Two rule files carry one id."""


class PromptError(CheckerError):
    """The prompts that came with the program are damaged or wrongly used.

    Args:
        prompt_id: which one; empty for the list of all.
    """

    def __init__(self, message: str, *, prompt_id: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.prompt_id = prompt_id


class PromptNotFoundError(PromptError):
    """There is no prompt of that id."""


class PromptVariableError(PromptError):
    """A variable of a prompt is missing, unknown or unused."""


class ModelError(CheckerError):
    """A language model did not do what it was asked; never carries text of a report.

    Args:
        model: name of the model, empty when there is none.
        attempt: how often it had been asked.
        retryable: it may work when asked again later.
    """

    def __init__(
        self,
        message: str,
        *,
        model: str = "",
        attempt: int = 0,
        retryable: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.model = model
        self.attempt = attempt
        self.retryable = retryable


class ModelNotConfiguredError(ModelError):
    """No endpoint is set; everything that needs none goes on."""


class ModelUnavailableError(ModelError):
    """The endpoint gives no answer.

    Args:
        reason: why.
        status: of HTTP, None when there was no answer.
        wait: seconds that the server asks us to wait, None when it does not say.
        detail: what the server said, shortened; not for logs.
    """

    def __init__(  # noqa: PLR0913 - the attributes of the tree
        self,
        message: str,
        *,
        reason: Unavailable,
        model: str = "",
        attempt: int = 0,
        retryable: bool = False,
        status: int | None = None,
        wait: float | None = None,
        detail: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, model=model, attempt=attempt, retryable=retryable, hint=hint)
        self.reason = reason
        self.status = status
        self.wait = wait
        self.detail = detail


class ModelRefusedError(ModelError):
    """The model, or the filter in front of it, declined to answer."""


class ModelCancelledError(ModelError):
    """The run was stopped while a model was asked."""


class BadReplyError(ModelError):
    """The reply is not of the type that was asked for."""


class QuoteNotFoundError(BadReplyError):
    """A quote does not stand in the report character for character."""


class SettingsError(CheckerError):
    """A setting has a value that we cannot use."""

    def __init__(self, message: str, *, name: str, value: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.name = name
        self.value = value
