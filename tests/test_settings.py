"""Settings from the environment and the settings file: which counts, and what is refused."""

import re
import sys
from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.settings import ModelSettings, Settings, proxy_for, read_settings

HERE = "http://127.0.0.1:8000/v1"


def key_of(model: ModelSettings) -> str | None:
    return model.api_key.get_secret_value() if model.api_key else None


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty settings file, whatever the user of this machine has."""
    (tmp_path / "config.toml").touch()
    return {"XXGK_CONFIG": str(tmp_path / "config.toml"), "XXGK_STORE": "off"}


def test_nothing_is_configured_by_default(environment: dict[str, str]) -> None:
    assert read_settings(environment) == Settings()
    assert not Settings().llm.configured


def test_the_environment_names_the_model(environment: dict[str, str]) -> None:
    llm = read_settings(
        {
            **environment,
            "XXGK_LLM_BASE_URL": f"{HERE}/",
            "XXGK_LLM_API_KEY": "k",
            "XXGK_LLM_MODEL": "m",
            "XXGK_LLM_TIMEOUT": "60",
            "XXGK_LLM_TOTAL_TIMEOUT": "100",
            "XXGK_LLM_STRUCTURED_OUTPUT": "json_object",
            "XXGK_LLM_REQUESTS_PER_MINUTE": "30",
            "XXGK_LLM_PRICE_INPUT": "0.002",
        }
    ).llm
    assert (llm.base_url, key_of(llm), llm.model) == (HERE, "k", "m")
    assert (llm.timeout, llm.structured_output, llm.requests_per_minute) == (60, "json_object", 30)
    assert (llm.total_timeout, llm.longest) == (100, 100)
    assert llm.configured
    assert llm.source == "环境变量 XXGK_LLM_BASE_URL"


def test_the_standard_variables_name_the_model_too(environment: dict[str, str]) -> None:
    standard = {"OPENAI_BASE_URL": HERE, "OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}
    llm = read_settings({**environment, **standard}).llm
    assert (llm.base_url, key_of(llm), llm.model) == (HERE, "k", "m")


@pytest.mark.parametrize("left_out", ["OPENAI_BASE_URL", "OPENAI_MODEL"])
def test_a_key_meant_for_other_programs_configures_nothing(
    environment: dict[str, str], left_out: str
) -> None:
    standard = {"OPENAI_BASE_URL": HERE, "OPENAI_API_KEY": "k", "OPENAI_MODEL": "m"}
    del standard[left_out]
    assert not read_settings({**environment, **standard}).llm.configured


@pytest.mark.parametrize(
    "standard",
    [
        {"OPENAI_API_KEY": "你的密钥"},
        {"OPENAI_BASE_URL": "https://x.example/v1?api-version=1", "OPENAI_API_KEY": "k"},
        {"OPENAI_BASE_URL": "x.example", "OPENAI_MODEL": ""},
    ],
)
def test_what_other_programs_need_is_no_reason_to_refuse_a_report(
    environment: dict[str, str], standard: dict[str, str]
) -> None:
    assert not read_settings({**environment, **standard}).llm.configured


def test_a_standard_variable_that_cannot_be_used_is_named(environment: dict[str, str]) -> None:
    standard = {"OPENAI_BASE_URL": "x.example", "OPENAI_MODEL": "m"}
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        read_settings({**environment, **standard})


@pytest.mark.parametrize("key", ["钥匙", "sk 1", "sk\n1", "ｓｋ１"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_printed(
    environment: dict[str, str], key: str
) -> None:
    own = {"XXGK_LLM_BASE_URL": HERE, "XXGK_LLM_MODEL": "m", "XXGK_LLM_API_KEY": key}
    with pytest.raises(SettingsError, match="XXGK_LLM_API_KEY") as caught:
        read_settings({**environment, **own})
    assert key not in str(caught.value)
    assert caught.value.__cause__ is None


def test_blanks_around_a_value_do_not_count(environment: dict[str, str]) -> None:
    own = {"XXGK_LLM_BASE_URL": f" {HERE} ", "XXGK_LLM_MODEL": "m ", "XXGK_LLM_API_KEY": "k\r\n"}
    llm = read_settings({**environment, **own}).llm
    assert (llm.base_url, key_of(llm), llm.model) == (HERE, "k", "m")


def test_a_file_of_the_windows_editor_is_read(environment: dict[str, str]) -> None:
    Path(environment["XXGK_CONFIG"]).write_text('[llm]\nmodel = "m"\n', "utf-8-sig")
    assert read_settings(environment).llm.model == "m"


def test_the_file_names_the_model(environment: dict[str, str]) -> None:
    path = Path(environment.pop("XXGK_CONFIG"))
    text = f'store = "off"\n[llm]\nbase_url = "{HERE}"\nmodel = "m"\ntimeout = 30\n'
    path.write_text(text, encoding="utf-8")
    settings = read_settings({"XXGK_CONFIG": str(path)})
    assert settings.llm.configured
    assert settings.llm.timeout == 30
    assert str(path) in settings.llm.source
    assert settings.store is None


def test_the_environment_counts_more_than_the_file(environment: dict[str, str]) -> None:
    path = Path(environment["XXGK_CONFIG"])
    path.write_text(
        f'store = "x.db"\n[llm]\nbase_url = "{HERE}"\nmodel = "m"\napi_key = "k"\n', "utf-8"
    )
    llm = read_settings({**environment, "XXGK_LLM_MODEL": "n"}).llm
    assert (llm.base_url, key_of(llm), llm.model) == (HERE, "k", "n")


def test_the_key_of_one_server_is_not_sent_to_another(environment: dict[str, str]) -> None:
    standard = {"OPENAI_BASE_URL": "https://a.example/v1", "OPENAI_API_KEY": "k"}
    other = {"XXGK_LLM_BASE_URL": HERE, "XXGK_LLM_MODEL": "m"}
    llm = read_settings({**environment, **standard, **other}).llm
    assert (llm.base_url, llm.api_key) == (HERE, None)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1:8000", "ftp://x/v1", "http://", "http://me:secret@x/v1"),
        *("https://x/v1?key=1", "http://x:port/v1", "http://x:99999/v1", "http://[::1/v1"),
        *("http://x y/v1", "http://x/\u200bv1", "请填写"),
    ],
)
def test_an_unusable_address_is_refused(environment: dict[str, str], address: str) -> None:
    with pytest.raises(SettingsError, match="XXGK_LLM_BASE_URL") as caught:
        read_settings({**environment, "XXGK_LLM_BASE_URL": address})
    assert "secret" not in str(caught.value)
    assert re.search(r"[a-z]{4} [a-z]", caught.value.message) is None  # no English sentence


@pytest.mark.parametrize(
    ("address", "proxies", "expected"),
    [
        ("https://a.example/v1", {"https_proxy": "http://p:3128"}, "http://p:3128"),
        ("https://a.example/v1", {"https_proxy": "p:3128"}, "http://p:3128"),
        ("https://a.example/v1", {"http_proxy": "http://p:3128"}, None),
        ("http://10.0.0.5/v1", {"all_proxy": "http://p:3128"}, "http://p:3128"),
        ("https://a.example/v1", {"https_proxy": "http://p", "no_proxy": ".example"}, None),
        ("http://127.0.0.1:1/v1", {"all_proxy": "http://p:3128"}, None),
        ("http://127.8.0.1:1/v1", {"all_proxy": "http://p:3128"}, None),
        ("http://[::1]:1/v1", {"all_proxy": "socks5://p:3128"}, None),
        ("http://localhost:1/v1", {"http_proxy": "http://p:3128"}, None),
    ],
)
def test_which_proxy_is_used(
    monkeypatch: pytest.MonkeyPatch, address: str, proxies: dict[str, str], expected: str | None
) -> None:
    for name, value in proxies.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(address) == expected


def test_a_copied_path_is_cut_off() -> None:
    assert ModelSettings(base_url=f"{HERE}/chat/completions").base_url == HERE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("XXGK_LLM_TIMEOUT", "0"),
        ("XXGK_LLM_STRUCTURED_OUTPUT", "xml"),
        ("XXGK_LLM_REQUESTS_PER_MINUTE", "-1"),
        ("XXGK_LLM_CONTEXT_LENGTH", "many"),
        ("XXGK_PORT", "0"),
    ],
)
def test_a_setting_out_of_range_is_named(
    environment: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings({**environment, name: value})
    assert caught.value.name == name
    assert value in caught.value.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[llm\n", "读不出来"),
        ("[llm]\nbase = 1\n", "base"),
        ("llm = 3\n", "llm"),
        ("[model]\n", "model"),
        ('[llm]\nsource = "x"\n', "source"),
    ],
)
def test_a_wrong_file_is_told(environment: dict[str, str], text: str, says: str) -> None:
    Path(environment["XXGK_CONFIG"]).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        read_settings(environment)


def test_a_file_that_was_named_has_to_be_there(environment: dict[str, str]) -> None:
    Path(environment["XXGK_CONFIG"]).unlink()
    with pytest.raises(SettingsError, match="读不出来"):
        read_settings(environment)


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_the_store_is_in_the_cache_folder_of_the_platform(
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
) -> None:
    variable = {"linux": "XDG_CACHE_HOME", "win32": "LOCALAPPDATA"}[platform]
    monkeypatch.setattr(sys, "platform", platform)
    del environment["XXGK_STORE"]
    settings = read_settings({**environment, variable: str(tmp_path)})
    assert settings.store == tmp_path / "xxgk" / "store.sqlite3"


def test_a_store_may_be_named_from_the_home_folder(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    Path(environment["XXGK_CONFIG"]).write_text('store = "~/x.db"\n', "utf-8")
    del environment["XXGK_STORE"]
    assert read_settings(environment).store == tmp_path / "x.db"


def test_a_mac_has_a_folder_of_its_own(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    del environment["XXGK_STORE"]
    assert read_settings(environment).store == Path("home/Library/Caches/xxgk/store.sqlite3")


def test_an_account_without_a_home_has_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", nowhere)
    assert read_settings({}) == Settings()
