"""Rules of the house that no other tool checks: words, registries, public names, the network."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import kvalanalys
from kvalanalys.importers import IMPORTERS
from kvalanalys.messages import LOCALE_FOLDER, plural, speaking
from kvalanalys.reports import RENDERERS
from kvalanalys.suggest import SUGGESTERS
from tests.conftest import ROOT, NetworkUsed

SOURCE = ROOT / "src" / "kvalanalys"
CATALOGUE = LOCALE_FOLDER / "sv" / "LC_MESSAGES" / "kvalanalys"
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2), "NN_": (1, 2)}


def test_every_message_has_swedish() -> None:
    """Each string that a user sees has a Swedish translation with the same placeholders."""
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        catalogue = read_po(file)
    found = {message for _f, _l, message, _c, _x in extract_from_dir(SOURCE, keywords=KEYWORDS)}
    assert len(found) > 300
    for message in found:
        entry = catalogue.get(message)
        assert entry is not None, message
        assert entry.string, message
        assert not entry.fuzzy, message
        texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        originals = message if isinstance(message, tuple) else (message,)
        wanted = {name for text in originals for name in re.findall(r"\{\w+", text)}
        for text in texts:
            assert text.strip(), message
            assert set(re.findall(r"\{\w+", text)) <= wanted, message


def test_compiled_catalogue_is_up_to_date() -> None:
    """The .mo that is shipped holds what the .po says (nox -s messages makes it)."""
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        written = read_po(file)
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        shipped = read_mo(file)

    def forms(text: str | Sequence[str]) -> tuple[str, ...]:
        return (text,) if isinstance(text, str) else tuple(text)

    def texts(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {forms(one.id): forms(one.string) for one in catalogue if one.id}

    assert texts(shipped) == texts(written)


def test_plural_follows_the_language() -> None:
    """One and many have their own words in both languages."""
    for language, words in (
        ("sv", ["intervju", "intervjuer"]),
        ("en", ["interview", "interviews"]),
    ):
        with speaking(language):
            assert [plural("interview", "interviews", n) for n in (1, 2)] == words


def test_every_registered_name_resolves() -> None:
    """Strings in registries are seen by no type checker: each leads to something."""
    for registry in (IMPORTERS, RENDERERS, SUGGESTERS):
        assert registry.names()
        for name in registry.names():
            assert callable(registry.load(name))


def test_public_names_are_there() -> None:
    """The public names are what __all__ says, each with a docstring."""
    for name in kvalanalys.__all__:
        assert getattr(kvalanalys, name).__doc__, name
    with pytest.raises(AttributeError):
        _ = kvalanalys.nothing  # type: ignore[attr-defined]


def test_import_is_light() -> None:
    """Importing the package imports no third party."""
    code = "import kvalanalys, sys; print({'click', 'rich', 'spacy', 'pandas'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_network_guard_catches_a_planted_call() -> None:
    """The guard that watches the whole test run stops a call to another machine."""
    with pytest.raises(NetworkUsed), socket.socket() as connection:
        connection.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("example.invalid", 80)


def test_source_names_no_network_library() -> None:
    """No module of the product imports a library that talks to other machines."""
    pattern = re.compile(
        r"^\s*(?:import|from) (?:socket|urllib|http|requests|httpx)\b", re.MULTILINE
    )
    offending = [path.name for path in SOURCE.rglob("*.py")
                 if pattern.search(path.read_text(encoding="utf-8"))]  # fmt: skip
    assert offending == []


def test_readme_commands_are_those_that_run() -> None:
    """README names the demo and the test command for sh and PowerShell; CI calls the same one."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = ".venv/bin/python -m pip install -q nox && .venv/bin/nox"
    assert command in readme
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert readme.count("```powershell") == 2
    assert ".venv/bin/kvalanalys demo" in readme
    assert ".venv\\Scripts\\kvalanalys demo" in readme


def test_readme_codebook_is_valid(tmp_path: Path) -> None:
    """The codebook in README can be used as it stands."""
    from kvalanalys.codebook_file import read_codebook

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [text] = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    path = tmp_path / "kodbok.yaml"
    path.write_text(text, encoding="utf-8")
    assert len(read_codebook(path).themes) == 2
