"""All settings; the only module that reads the environment (``XXGK_…``) and the settings file."""

import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator

from checker.domain.base import Frozen
from checker.errors import SettingsError

StructuredOutput = Literal["json_schema", "json_object", "tools", "prompt"]


class Limits(Frozen):
    """What a file may be at most; beyond it the file is refused with a message.

    Attributes:
        file_bytes: size of the file.
        pages: pages of a PDF.
        unpacked_bytes: size of all parts of a zip-based file after unpacking.
        unpack_ratio: unpacked size divided by packed size.
        table_cells: cells of one table, spans expanded.
        span: rowspan or colspan of one cell.
        nesting: depth of nested elements.
        text_chars: characters of the whole text.
        blocks: paragraphs and tables; a real report has some 300.
    """

    file_bytes: int = 50 * 1024 * 1024
    pages: int = 300
    unpacked_bytes: int = 200 * 1024 * 1024
    unpack_ratio: int = 200
    table_cells: int = 20_000
    span: int = 500
    nesting: int = 200
    text_chars: int = 2_000_000
    blocks: int = 20_000


class ModelSettings(Frozen):
    """Where a language model is and how to talk to it (``XXGK_LLM_…``); none by default.

    Attributes:
        base_url: address of the interface, without ``/chat/completions``.
        timeout: seconds for one request, from sending to the last character.
        total_timeout: seconds for all requests about one report, or one question in the chat,
            with their repetitions; None for twice ``timeout``.
        structured_output: how replies are kept in form; ``auto`` tries out what the server does.
        requests_per_minute: at most so many from all threads of the process; None for no limit.
        context_length: tokens of request and reply together.
        price_input, price_output: per 1000 tokens, in whatever currency the bill has.
        retries: further attempts after a failure that may pass.
        retry_pause: seconds before the first of them; doubled each time.
        retry_longest: a server that wants us to wait longer is not waited for.
        source: where ``base_url`` was set, in words for the user.
    """

    base_url: str = ""
    api_key: SecretStr | None = None
    model: str = ""
    timeout: float = Field(default=90, ge=1, le=600)
    total_timeout: float | None = Field(default=None, ge=1, le=3600)
    structured_output: Literal["auto", StructuredOutput] = "auto"
    requests_per_minute: int | None = Field(default=None, ge=1)
    context_length: int = Field(default=32_768, ge=2_048)
    price_input: Decimal | None = Field(default=None, ge=0)
    price_output: Decimal | None = Field(default=None, ge=0)
    retries: int = Field(default=2, ge=0, le=10)
    retry_pause: float = Field(default=1, ge=0, le=60)
    retry_longest: float = Field(default=60, ge=0, le=600)
    source: str = ""

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value:
            return value
        try:
            parts = urlsplit(value)
            whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            whole = False
        if not whole or not value.isprintable() or " " in value:
            raise ValueError("应是以 http:// 或 https:// 开头的完整地址")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("不能带用户名、密码或参数")
        return value.rstrip("/").removesuffix("/chat/completions")

    @field_validator("api_key")
    @classmethod
    def _sendable(cls, value: SecretStr | None) -> SecretStr | None:
        secret = value.get_secret_value() if value else ""
        if not secret.isascii() or not secret.isprintable() or " " in secret:
            raise ValueError("密钥只含英文字母、数字和符号，请检查有没有复制错")
        return value

    @property
    def longest(self) -> float:
        """Seconds that the model may take for one report, or for one question, altogether."""
        return self.timeout * 2 if self.total_timeout is None else self.total_timeout

    @property
    def configured(self) -> bool:
        """Whether the user has named an endpoint and a model; nothing is sent anywhere before."""
        return bool(self.base_url and self.model)


class Settings(Frozen):
    """Settings of a run, from environment variables and the settings file.

    Attributes:
        host: address on which the page listens (``XXGK_HOST``).
        port: port on which the page listens (``XXGK_PORT``).
        limits: limits for input files (``XXGK_LIMITS__FILE_BYTES`` and so on).
        llm: the language model (``XXGK_LLM_BASE_URL`` and so on).
        store: the file for cached replies (``XXGK_STORE``); None keeps nothing.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    limits: Limits = Limits()
    llm: ModelSettings = ModelSettings()
    store: Path | None = None

    @field_validator("store")
    @classmethod
    def _at_home(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value else None
        except RuntimeError:  # an account without a home
            return value


_PREFIX: Final = "XXGK_"
_SECTION: Final = "LIMITS__"
_MODEL: Final = "LLM_"
_STANDARD: Final = {
    "base_url": "OPENAI_BASE_URL",
    "api_key": "OPENAI_API_KEY",
    "model": "OPENAI_MODEL",
}
_STANDARD_SOURCE: Final = "环境变量 OPENAI_BASE_URL"
_ENDPOINT: Final = frozenset(_STANDARD)
_MODEL_KEYS: Final = frozenset(ModelSettings.model_fields) - {"source"}
_NO_STORE: Final = "off"
_XDG: Final = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME")


@cache
def load_settings() -> Settings:
    """The settings of this process.

    Variables are few and flat, so they are read here; a settings library would take a third of
    the start-up time of the command line.

    Raises:
        SettingsError: a variable or the settings file has a value that cannot be used.
    """
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that an environment, and the file it names, come to.

    The environment counts more than the file, and the file more than the standard variables of
    OpenAI. Whoever names another address has to name key and model with it: the key of one
    server is never sent to another.

    Raises:
        SettingsError: a variable or the settings file has a value that cannot be used.
    """
    values: dict[str, object] = {}
    limits: dict[str, str] = {}
    model: dict[str, object] = {}
    for name, written in environment.items():
        value = written.strip()  # "set X=1 && …" keeps the blank on Windows
        key = name.upper().removeprefix(_PREFIX)
        if key == name.upper():
            continue
        if key.startswith(_SECTION) and key.removeprefix(_SECTION).lower() in Limits.model_fields:
            limits[key.removeprefix(_SECTION).lower()] = value
        elif key.startswith(_MODEL) and key.removeprefix(_MODEL).lower() in _MODEL_KEYS and value:
            model[key.removeprefix(_MODEL).lower()] = value
        elif key in ("HOST", "PORT"):
            values[key.lower()] = value
    path, in_file = _settings_file(environment)
    stored = in_file.pop("store", None)
    stored = environment.get("XXGK_STORE") or stored or _default_store(environment)
    values["store"] = None if stored == _NO_STORE else stored
    standard = {k: v for k, n in _STANDARD.items() if (v := environment.get(n, "").strip())}
    own = (
        (_model_in_file(in_file, path), f"设置文件 {path}"),
        (model, "环境变量 XXGK_LLM_BASE_URL"),
    )
    endpoint = _endpoint((standard, _STANDARD_SOURCE), *own)
    if not _complete(endpoint):  # what other programs need is no reason to refuse a report
        endpoint = _endpoint(
            ({k: standard[k] for k in standard if _usable(k, standard[k])}, _STANDARD_SOURCE), *own
        )
    try:
        return Settings.model_validate({**values, "limits": limits, "llm": endpoint})
    except ValidationError as error:
        by_standard = endpoint.get("source") == _STANDARD_SOURCE
        raise _unusable(error, by_standard=by_standard) from None  # it holds the key


def _endpoint(*sources: tuple[Mapping[str, object], str]) -> dict[str, object]:
    """What the sources come to, the last counting most; see ``read_settings`` for the key."""
    result: dict[str, object] = {}
    for values, name in sources:
        if "base_url" in values:
            result = {k: v for k, v in result.items() if k not in _ENDPOINT}
            result["source"] = name
        result |= values
    return result


def _complete(endpoint: Mapping[str, object]) -> bool:
    return bool(endpoint.get("base_url") and endpoint.get("model"))


def _usable(name: str, value: str) -> bool:
    try:
        ModelSettings.model_validate({name: value})
    except ValidationError:
        return False
    return True


def _unusable(error: ValidationError, *, by_standard: bool) -> SettingsError:
    first = error.errors()[0]
    place = [str(p) for p in first["loc"]]
    joint = "_" if place[0] == "llm" else "__"
    name = _PREFIX + joint.join(place).upper()
    if by_standard and place[0] == "llm":
        name = _STANDARD.get(place[-1], name)
    # keys and passwords are never printed, not even wrong ones
    value = str(first["input"])
    value = "" if place[-1] == "api_key" or "@" in value else value
    why = f"{first['ctx']['error']}。" if first["type"] == "value_error" else ""
    shown = f"的值“{value}”" if value else ""
    return SettingsError(
        f"设置 {name} {shown}不能使用。{why}",
        name=name,
        value=value,
        hint="请改正或删除这个环境变量（或设置文件里的同名项）。",
    )


def _settings_file(environment: Mapping[str, str]) -> tuple[Path | None, dict[str, object]]:
    """The settings file and what it says; one that was not asked for need not exist.

    Raises:
        SettingsError: it cannot be read.
    """
    named = environment.get("XXGK_CONFIG")
    folder = None if named else _folder(environment, "config")
    path = Path(named) if named else folder / "config.toml" if folder else None
    if path is None or (not named and not path.is_file()):
        return path, {}
    import tomllib

    try:
        return path, tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"设置文件 {path} 读不出来。",
            name="XXGK_CONFIG",
            value=str(path),
            hint="请检查文件是否存在、是不是 UTF-8 编码的 TOML 文件，例如：[llm] 一行，"
            'base_url = "http://…/v1" 一行。',
        ) from error


def _model_in_file(content: Mapping[str, object], path: Path | None) -> dict[str, object]:
    """The part ``[llm]`` of the settings file.

    Raises:
        SettingsError: it holds something that we do not know.
    """
    part = content.get("llm", {})
    strange = sorted(content.keys() - {"llm"})
    if isinstance(part, dict):
        strange += sorted(str(k) for k in part.keys() - _MODEL_KEYS)
    if strange or not isinstance(part, dict):
        name = strange[0] if strange else "llm"
        raise SettingsError(
            f"设置文件 {path} 里的“{name}”不是可用的设置。",
            name=name,
            value="",
            hint=f"[llm] 一节里可用的有 {'、'.join(sorted(_MODEL_KEYS))}。",
        )
    return {k: str(v).strip() for k, v in part.items()}


def _default_store(environment: Mapping[str, str]) -> Path | None:
    folder = _folder(environment, "cache")
    return folder / "store.sqlite3" if folder else None


def _folder(environment: Mapping[str, str], use: Literal["config", "cache"]) -> Path | None:
    """The folder that the platform has for settings or for what can be made again.

    None for an account without a home, as some services run under.
    """
    names = ("APPDATA", "LOCALAPPDATA") if sys.platform == "win32" else _XDG
    if base := environment.get(names[use == "cache"]):
        return Path(base) / "xxgk"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / {"config": "Application Support", "cache": "Caches"}[use] / "xxgk"
    return home / f".{use}" / "xxgk"


def proxy_for(address: str) -> str | None:
    """The proxy through which an address is to be reached, as environment or system say.

    None for this machine, whatever they say: what stays here must not pass through another.

    Raises:
        ValueError: it is no proxy that we can use.
    """
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_here(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all")
    if not named:
        return None
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    usable = proxy.scheme in ("http", "https") and proxy.hostname and proxy.port != 0
    if not usable or not named.isascii() or " " in named:
        raise ValueError("no usable proxy")
    return proxy.geturl()


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def forbid_tracing() -> None:
    """Keep the libraries for language models from reporting to their maker's servers.

    They do so when a variable asks for it, which may have been set for another program.
    """
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2"):
        os.environ[name] = "false"
    for name in ("LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_HANDLER"):
        os.environ.pop(name, None)


def no_color() -> bool:
    """Whether the user asked for no colours in terminals (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
