"""Codes, themes and the codebook: a tree with look-ups."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NewType

from kvalanalys.errors import UnknownName
from kvalanalys.messages import _, list_names, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CodeId = NewType("CodeId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A label with its definition; ``parent`` is None for a theme.

    ``names`` and ``definitions`` are by language. ``base`` is the code whose units are the
    denominator. ``source`` is the codebook it was taken from, where it extends another.
    """

    id: CodeId
    parent: CodeId | None
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    patterns: tuple[Any, ...] = ()
    base: CodeId | None = None
    is_codable: bool = True
    source: str | None = None

    def name(self, language: str) -> str:
        """Return the name in a language, else in the first language there is."""
        return self.names.get(language) or next(iter(self.names.values()))

    def definition(self, language: str) -> str:
        """Return the definition in a language, else in the first language there is."""
        return self.definitions.get(language) or next(iter(self.definitions.values()))

    @property
    def fingerprint(self) -> str:
        """Return 12 hex digits that change when, and only when, the definition does."""
        meaning = asdict(self)
        for place in ("parent", "source"):
            del meaning[place]
        packed = json.dumps(meaning, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(packed.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Codebook:
    """All codes, parents before children, in the order of the file."""

    id: str
    codes: tuple[Code, ...]
    version: str = ""
    language: str = "sv"
    titles: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def by_id(self) -> Mapping[CodeId, Code]:
        """Return the codes by id."""
        return {code.id: code for code in self.codes}

    @cached_property
    def themes(self) -> tuple[Code, ...]:
        """Return the topmost codes."""
        return tuple(code for code in self.codes if code.parent is None)

    @cached_property
    def _children(self) -> Mapping[CodeId, tuple[Code, ...]]:
        found: dict[CodeId, tuple[Code, ...]] = {}
        for code in self.codes:
            if code.parent is not None:
                found[code.parent] = (*found.get(code.parent, ()), code)
        return found

    def children(self, code_id: CodeId) -> tuple[Code, ...]:
        """Return the codes directly below one."""
        return self._children.get(code_id, ())

    def ancestors(self, code_id: CodeId) -> tuple[CodeId, ...]:
        """Return a code's parent, the parent's parent, and so on up to the theme."""
        parent = self.by_id[code_id].parent
        return () if parent is None else (parent, *self.ancestors(parent))

    def theme_of(self, code_id: CodeId) -> Code:
        """Return the theme that a code belongs to; a theme belongs to itself."""
        return self.by_id[(code_id, *self.ancestors(code_id))[-1]]

    def depth(self, code_id: CodeId) -> int:
        """Return how many codes are above one: 0 for a theme."""
        return len(self.ancestors(code_id))

    def path(self, code_id: CodeId) -> str:
        """Return the ids from the theme down, with slashes between: for display and input."""
        return "/".join(reversed((code_id, *self.ancestors(code_id))))

    @cached_property
    def _spellings(self) -> Mapping[str, tuple[CodeId, ...]]:
        found: dict[str, tuple[CodeId, ...]] = {}
        for code in self.codes:
            spellings = {code.id, self.path(code.id), *code.names.values()}
            for spelling in {spelling.casefold() for spelling in spellings}:
                found[spelling] = (*found.get(spelling, ()), code.id)
        return found

    def find(self, spelling: str) -> Code:
        """Return the code that is meant by a slug, a path or a name in any language.

        Raises
        ------
        UnknownName
            No code, or more than one, is called that; the nearest or the candidates are listed.

        """
        wanted = spelling.strip().casefold()
        ids = self._spellings.get(wanted, ())
        if wanted in self.by_id:
            ids = (CodeId(wanted),)
        if len(ids) == 1:
            return self.by_id[ids[0]]
        if ids:
            what = _("“{name}” is the name of several codes.").format(name=spelling)
            hint = _("Use the id: {names}.").format(names=list_names(ids))
            raise UnknownName(what, name=spelling, candidates=ids, hint=hint)
        close = nearest(spelling, list(self._spellings)) or tuple(self.by_id)
        candidates = tuple(dict.fromkeys(self._spellings[key.casefold()][0] for key in close))
        raise UnknownName(
            _("There is no code called “{name}” in the codebook.").format(name=spelling),
            name=spelling,
            candidates=candidates,
            hint=_("Did you mean {names}?").format(names=list_names(candidates[:5])),
        )

    def find_codable(self, spelling: str) -> Code:
        """Return the code that is meant, for putting it on a passage.

        Raises
        ------
        UnknownName
            As for find; or it is only a heading (``codable: false``).

        """
        code = self.find(spelling)
        if code.is_codable:
            return code
        below = tuple(child.id for child in self.children(code.id))
        raise UnknownName(
            _("“{code}” is a heading (codable: false).").format(code=code.id),
            name=spelling,
            candidates=below,
            hint=_("Use a code below it: {names}.").format(names=list_names(below))
            if below
            else _("Use another code."),
        )
