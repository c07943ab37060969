"""How the page is built, as far as it can be told without building it."""

import importlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST_LOAD_KIB = 150  # of JavaScript before compression; the editor and KaTeX come later


@pytest.fixture
def building(monkeypatch, tmp_path):
    """The set-up script on a web folder of its own."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    script = importlib.import_module("setup_web")
    web = tmp_path / "web"
    (web / "src").mkdir(parents=True)
    (web / "node_modules").mkdir()
    (web / "src" / "main.ts").write_text("one")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "WEB", web)
    monkeypatch.setattr(script, "MODULES", web / "node_modules")
    return script


def test_a_changed_a_new_and_a_renamed_source_make_the_page_outdated(building):
    def made_from() -> str:
        return building._fingerprint(*building._sources())

    source = building.WEB / "src" / "main.ts"
    seen = [made_from()]
    source.write_text("two")
    seen.append(made_from())
    (building.WEB / "src" / "more.ts").write_text("")
    seen.append(made_from())
    source.rename(source.with_name("begin.ts"))
    seen.append(made_from())

    assert len(set(seen)) == 4


def test_what_is_installed_is_no_source(building):
    before = building._fingerprint(*building._sources())
    (building.WEB / "node_modules" / "some.js").write_text("x")

    assert building._fingerprint(*building._sources()) == before


def test_every_package_of_the_lock_is_pinned_by_its_content_and_by_no_address():
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}

    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


@pytest.mark.docker  # `make test` has built the page by then
def test_the_first_load_is_small():
    page = ROOT / "judge" / "page"
    scripts = re.findall(r'src="/(assets/[^"]+\.js)"', (page / "index.html").read_text())

    assert scripts != []
    assert sum((page / one).stat().st_size for one in scripts) < FIRST_LOAD_KIB * 1024
