"""codebook.yaml ↔ Codebook: all problems at once, each with its line and path."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import CodebookError
from kvalanalys.files.atomic import read_file
from kvalanalys.files.encoding import decode_text
from kvalanalys.files.yaml import YamlFile, read_yaml
from kvalanalys.messages import _, list_names, plural
from kvalanalys.model import Code, Codebook, CodeId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Place = tuple[str | int, ...]
    _Written = tuple[dict[str, Any], Place]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_codebook(path: Path, *, find: Callable[[str], Path] | None = None) -> Codebook:
    """Return the codebook in a YAML file; ``find`` gives the file of a codebook that it extends.

    Raises
    ------
    CodebookError
        The file has problems; all are listed as ``file:line: path: what is wrong, what to do``.
    FileError
        The file, or the one it extends, can't be read.

    """
    source = read_yaml(decode_text(read_file(path)))
    parent = _parent(source, find)
    placed = {} if parent is None else _place_kept(source, parent)
    checked = None if source.problems else _check_structure(source)
    kept: list[Code] = []
    if isinstance(source.values, dict):
        kept = [] if parent is None else _extended(source, parent)
        _check_ids(kept, source)
        _check_keywords(source)
    if checked is None or source.problems:
        raise _problems_error(path, source)
    language = checked["language"]
    own = [
        replace(code, source=placed.get(code.id))
        for theme in checked["themes"]
        for code in _flatten(theme, None, language)
    ]
    return Codebook(
        id=checked["codebook"] or path.stem,
        codes=(*kept, *own),
        version=checked["version"],
        language=language,
        titles=_by_language(checked["title"] or {}, language),
    )


def _problems_error(path: Path, source: YamlFile) -> CodebookError:
    ordered = sorted(source.problems, key=lambda problem: (problem.line, problem.column))
    lines = tuple(
        f"{path.name}:{problem.line}: {_shown(problem.path)}{problem.text}" for problem in ordered
    )
    what = plural(
        "The codebook {file} has {n} problem.", "The codebook {file} has {n} problems.", len(lines)
    ).format(file=path.name, n=len(lines))
    return CodebookError(
        what,
        problems=lines,
        hint=_("Correct the lines above and run “kvalanalys codebook check {file}”.").format(
            file=path
        ),
    )


def _shown(path: Place) -> str:
    shown = "".join(
        f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path if part != ""
    )
    return f"{shown.lstrip('.')}: " if shown else ""


def _check_structure(source: YamlFile) -> dict[str, Any] | None:
    from pydantic import ValidationError

    from kvalanalys.codebook_schema import CodebookSchema

    if not isinstance(source.values, dict):
        source.report((), _("the file must begin with “themes:” and list them with “- id:”"))
        return None
    try:
        checked = CodebookSchema.model_validate(source.values).model_dump()
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            source.report(*_in_words(wrong["loc"], wrong["type"], wrong.get("input"), source))
        return None
    if not checked["themes"] and not checked["extends"]:
        source.report((), _("there is no theme; list at least one under “themes:”"))
    return checked


def _in_words(place: Place, kind: str, value: Any, source: YamlFile) -> tuple[Place, str]:
    """Return where a value is wrong and what to do, from pydantic's kind of error."""
    if kind == "missing":
        return place[:-1], _("“{field}” is missing; add a line “{field}: …”").format(
            field=place[-1]
        )
    if kind == "extra_forbidden":
        known = _fields(place)
        close = get_close_matches(str(place[-1]), known, n=1, cutoff=0.4)
        meant = close or known
        return place, _("“{field}” is not a field; did you mean {names}?").format(
            field=place[-1], names=list_names(list(meant))
        )
    if value is None or value in ("", {}, []):
        return place, _("is empty; write a value or take the line away")
    wanted = {
        "list_type": _("must be a list: one line with “- ” for each"),
        "string_type": _("must be text"),
        "dict_type": _("must be text, or one text per language (sv: …, en: …)"),
        "bool_parsing": _("must be true or false"),
    }
    if kind in {"model_type", "dict_type"} and place and isinstance(place[-1], int):
        return place, _("must hold “id:”, “name:” and “definition:”")
    return place, wanted.get(kind, _("has the wrong form"))


def _fields(place: Place) -> list[str]:
    from kvalanalys.codebook_schema import CodebookSchema, CodeSchema, ExtendsSchema

    inside = [part for part in place[:-1] if isinstance(part, str)]
    schema = CodeSchema if inside else CodebookSchema
    return list((ExtendsSchema if inside == ["extends"] else schema).model_fields)


def _flatten(values: dict[str, Any], parent: CodeId | None, language: str) -> Iterator[Code]:
    code = Code(
        id=CodeId(values["id"]),
        parent=parent,
        names=_by_language(values["name"], language),
        definitions=_by_language(values["definition"], language),
        include=tuple(values["include"]),
        exclude=tuple(values["exclude"]),
        examples=tuple(values["examples"]),
        keywords=tuple(values["keywords"]),
        patterns=tuple(values["patterns"]),
        base=CodeId(values["base"]) if values["base"] else None,
        is_codable=values["codable"],
    )
    yield code
    for below in values["codes"]:
        yield from _flatten(below, code.id, language)


def _by_language(texts: dict[str, str], language: str) -> dict[str, str]:
    return {key or language: " ".join(text.split()) for key, text in texts.items()}


def _parent(source: YamlFile, find: Callable[[str], Path] | None) -> Codebook | None:
    """Return the codebook that this one extends, if any."""
    extends = source.values.get("extends") if isinstance(source.values, dict) else None
    if (
        find is None
        or not isinstance(extends, dict)
        or not isinstance(extends.get("codebook"), str)
    ):
        return None
    return read_codebook(find(extends["codebook"]), find=find)


def _place_kept(source: YamlFile, parent: Codebook) -> dict[str, str]:
    """Fill in codes written ``- keep: ID`` from the parent, and return where each came from.

    Such a code stands where it is written, without what is below it in the parent; a field that
    is written beside ``keep`` takes the place of the parent's.
    """
    placed: dict[str, str] = {}
    for values, place in _walk(source.values):
        wanted = values.get("keep")
        if not isinstance(wanted, str):
            continue
        if (code := parent.by_id.get(CodeId(wanted))) is None:
            source.report((*place, "keep"), _not_there(wanted, parent))
            continue
        placed[wanted] = code.source or parent.id
        del values["keep"]
        for field, value in _as_written(code).items():
            values.setdefault(field, value)
    return placed


def _not_there(wanted: str, parent: Codebook) -> str:
    return _("“{id}” is not in {codebook}; there are {names}").format(
        id=wanted, codebook=parent.id, names=list_names(list(parent.by_id))
    )


def _as_written(code: Code) -> dict[str, Any]:
    """Return a code's fields as codebook.yaml has them, those below it left out."""
    fields: dict[str, Any] = {
        "id": code.id, "name": dict(code.names), "definition": dict(code.definitions),
        "include": list(code.include), "exclude": list(code.exclude),
        "examples": list(code.examples), "keywords": list(code.keywords),
        "patterns": list(code.patterns), "codable": code.is_codable,
    }  # fmt: skip
    return fields if code.base is None else {**fields, "base": code.base}


def _extended(source: YamlFile, parent: Codebook) -> list[Code]:
    """Return the codes kept from the codebook that this one extends, whole branches."""
    wanted_ids = source.values["extends"].get("keep")
    kept: set[CodeId] = set()
    for i, wanted in enumerate(wanted_ids if isinstance(wanted_ids, list) else []):
        branch = {code.id for code in parent if wanted in (code.id, *parent.ancestors(code.id))}
        kept |= branch
        if not branch:
            source.report(("extends", "keep", i), _not_there(str(wanted), parent))
    for code in parent:
        if code.id in kept and code.base and code.base not in kept:
            needed = _("“{code}” is counted among those with “{base}”; keep that too")
            source.report(("extends", "keep"), needed.format(code=code.id, base=code.base))
    return [
        replace(
            code,
            parent=code.parent if code.parent in kept else None,
            source=code.source or parent.id,
        )
        for code in parent
        if code.id in kept
    ]


def _walk(values: Any, place: Place = (), field: str = "themes") -> Iterator[_Written]:
    """Yield every code as it is written, with its place; what is no mapping is passed over."""
    below = values.get(field) if isinstance(values, dict) else None
    for i, child in enumerate(below if isinstance(below, list) else []):
        if isinstance(child, dict):
            yield child, (*place, field, i)
            yield from _walk(child, (*place, field, i), "codes")


def _check_ids(kept: list[Code], source: YamlFile) -> None:
    """Report ids of the wrong form or given twice, and bases that are no code."""
    seen: dict[str, int] = {code.id: 0 for code in kept}
    for values, place in _walk(source.values):
        _check_id(values.get("id"), (*place, "id"), seen, source)
    for values, place in _walk(source.values):
        base = values.get("base")
        if isinstance(base, str) and (base not in seen or base == values.get("id")):
            close = get_close_matches(base, seen, n=1, cutoff=0.3) or list(seen)[:5]
            source.report(
                (*place, "base"),
                _("“{id}” is no other code; did you mean {names}?").format(
                    id=base, names=list_names(close)
                ),
            )


def _check_id(id: Any, place: Place, seen: dict[str, int], source: YamlFile) -> None:
    if not isinstance(id, str):
        return
    if not _SLUG.fullmatch(id):
        wrong = _("“{id}” is no id; use small letters a–z, digits and hyphens").format(id=id)
        source.report(place, wrong)
    if id in seen:
        where = _("line {line}").format(line=seen[id]) if seen[id] else _("the extended codebook")
        source.report(
            place,
            _("the id “{id}” is already used ({where}); give this code another").format(
                id=id, where=where
            ),
        )
    seen.setdefault(id, source.place(place)[0])


def _check_keywords(source: YamlFile) -> None:
    """Report keywords that stand under two codes."""
    seen: dict[str, Any] = {}
    for values, place in _walk(source.values):
        keywords = values.get("keywords")
        for i, keyword in enumerate(keywords if isinstance(keywords, list) else []):
            owner = seen.setdefault(str(keyword).casefold(), values.get("id"))
            if owner != values.get("id"):
                source.report(
                    (*place, "keywords", i),
                    _("“{keyword}” is a keyword of “{code}” too; keep it under one").format(
                        keyword=keyword, code=owner
                    ),
                )
