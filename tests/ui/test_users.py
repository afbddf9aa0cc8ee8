"""Eight users at once on loopback: each gets the results of their own report."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import pytest
from gradio_client import Client, handle_file

from tests.ui.make_sample import TARGET as SAMPLE

USERS = 8


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    paths = []
    for number in range(USERS):
        path = tmp_path / f"报告{number}.docx"
        with ZipFile(SAMPLE) as sample, ZipFile(path, "w") as copy:
            for name in sample.namelist():
                data = sample.read(name)
                if name == "word/document.xml":
                    assert data.count(b">1286<") == 1
                    data = data.replace(b">1286<", f">{7000 + number}<".encode())
                copy.writestr(name, data)
        paths.append(path)
    return paths


def _use(url: str, path: Path, folder: Path) -> str:
    client = Client(url, verbose=False, download_files=str(folder))
    client.predict([handle_file(str(path))], api_name="/upload")
    told = client.predict("行政许可多少", api_name="/ask")
    client.close()
    return str(told)


def test_eight_users_at_once_get_their_own_results(
    page_url: str, reports: list[Path], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(USERS) as pool:
        told = list(pool.map(lambda p: _use(page_url, p, tmp_path), reports))
    for number, answer in enumerate(told):
        assert f"填的是{7000 + number}" in answer
        assert sum(f"填的是{7000 + n}" in answer for n in range(USERS)) == 1
    shutil.rmtree(tmp_path)
