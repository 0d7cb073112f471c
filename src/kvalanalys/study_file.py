"""study.toml ↔ Study: the settings that an investigator edits."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import StudyError
from kvalanalys.files.atomic import read_file
from kvalanalys.files.encoding import decode_text
from kvalanalys.messages import _, list_names, nearest
from kvalanalys.model import COUNT_UNITS, REVIEW_KEYS, Study

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = ("name", "language", "count", "coder", "pipeline", "method", "keys")


def read_study(path: Path) -> Study:
    """Return the settings in a study.toml.

    Raises
    ------
    StudyError
        The file is no TOML, or values are wrong; all problems are listed with their field.

    """
    text = decode_text(read_file(path))
    hint = _("Correct {path} and run the command again.").format(path=path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what = _("{file} is not proper TOML: {reason}.").format(file=path.name, reason=error)
        raise StudyError(what, hint=hint) from error
    if problems := tuple(_problems(values, text, path.name)):
        what = _("The settings in {file} have problems.").format(file=path.name)
        raise StudyError(what, hint=hint, problems=problems)
    return Study(**values)


def _problems(values: dict[str, Any], text: str, file: str) -> list[str]:
    found: list[tuple[str, str]] = []
    for field, value in values.items():
        if field not in _FIELDS:
            close = nearest(field, _FIELDS, most=1) or _FIELDS
            wrong = _("is not a setting; did you mean {names}?").format(names=list_names(close))
            found.append((field, wrong))
        elif field == "keys":
            found += _key_problems(value)
        elif not isinstance(value, str):
            found.append((field, _("must be text in quotation marks")))
        elif field == "count" and value not in COUNT_UNITS:
            wrong = _("must be one of {names}").format(names=list_names(COUNT_UNITS))
            found.append((field, wrong))
        elif field == "language" and not (value.isalpha() and len(value) == 2):
            found.append((field, _('must be a language code such as "sv" or "en"')))
    if not values.get("name"):
        found.append(("name", _('is missing; add a line name = "…"')))
    return [f"{file}:{_line(text, field)}: {field}: {wrong}" for field, wrong in found]


def _key_problems(value: Any) -> list[tuple[str, str]]:
    """Return what is wrong with the keys of the review: each a letter, no letter twice."""
    if not isinstance(value, dict):
        return [("keys", _('must be a section: [keys], then lines such as accept = "g"'))]
    known = list_names(tuple(REVIEW_KEYS))
    found = [
        (name, _("is no action of the review; they are {names}").format(names=known))
        for name in value if name not in REVIEW_KEYS
    ]  # fmt: skip
    found += [
        (name, _("must be one letter in quotation marks"))
        for name, key in value.items()
        if not (isinstance(key, str) and len(key) == 1 and key.isalpha())
    ]
    if not found:
        keys = {**REVIEW_KEYS, **value}
        found += [
            (name, _("“{key}” is the key of another action").format(key=key))
            for name, key in value.items()
            if [other.casefold() for other in keys.values()].count(key.casefold()) > 1
        ]
    return found


def _line(text: str, field: str) -> int:
    for number, line in enumerate(text.split("\n"), 1):
        if line.split("=")[0].strip() in {field, f"[{field}]"}:
            return number
    return 1


def study_text(study: Study) -> str:
    """Return a study.toml for a study, with a comment on every setting."""
    lines = [
        f"name = {_quoted(study.name)}",
        "",
        _("# The language of the interviews: sv or en."),
        f"language = {_quoted(study.language)}",
        "",
        _("# What is counted: interviews, persons or organisations."),
        f"count = {_quoted(study.count)}",
        "",
        _("# Whose codings are reported, when several have coded."),
        f"coder = {_quoted(study.coder)}" if study.coder else '# coder = "…"',
        "",
        _("# A trained spaCy pipeline that is installed on this computer, if any."),
        f"pipeline = {_quoted(study.pipeline)}" if study.pipeline else '# pipeline = "…"',
        "",
        _(
            "# How the interviews were made, in your own words; it opens the report's method section."
        ),
        f"method = {_quoted(study.method)}" if study.method else '# method = "…"',
        "",
        _("# Other keys for the review, if the usual ones don't suit you."),
        "# [keys]",
        *(f'# {action} = "{key}"' for action, key in study.review_keys.items()),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a TOML basic string is written like a JSON one
