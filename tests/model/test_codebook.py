"""Looking codes up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvalanalys.errors import UnknownName
from kvalanalys.model import Codebook
from tests.conftest import make_code


@pytest.mark.parametrize("spelling", ["knows", "plan/knows", "Knows", " KNOWS "])
def test_code_is_found_by_slug_path_and_name(codebook: Codebook, spelling: str) -> None:
    """Slug, path and name mean the code, whatever the case."""
    assert codebook.find(spelling).id == "knows"


def test_mistyped_code_names_the_nearest(codebook: Codebook) -> None:
    """An unknown code is an error that says which was meant."""
    with pytest.raises(UnknownName) as caught:
        codebook.find("anchorin")
    assert caught.value.candidates[0] == "anchoring"
    assert "anchoring" in caught.value.hint


def test_name_of_two_codes_lists_both() -> None:
    """A name that two codes share is refused with their ids."""
    codes = [replace(make_code(id), names={"sv": "Samma"}) for id in ("four", "five")]
    with pytest.raises(UnknownName) as caught:
        Codebook("x", tuple(codes)).find("samma")
    assert caught.value.candidates == ("four", "five")


def test_fingerprint_changes_with_the_definition_only() -> None:
    """Moving a code leaves its fingerprint alone; changing its words does not."""
    code = make_code("a")
    assert replace(code, parent="b").fingerprint == code.fingerprint
    assert replace(code, keywords=("x",)).fingerprint != code.fingerprint
