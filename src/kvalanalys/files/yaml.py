"""YAML with limits and with the place of every value; all scalars are text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kvalanalys.messages import _

MOST_BYTES = 2_000_000
MOST_DEPTH = 40
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place: line and column count from 1; the path leads to the value."""

    line: int
    column: int
    path: Path
    text: str


@dataclass
class YamlFile:
    """Plain values of a YAML file, the line of every path, and what was wrong."""

    values: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Return line and column of a path, or of the nearest thing above it that is there."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def report(self, path: Path, text: str) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(*self.place(path), path, text))


def read_yaml(text: str) -> YamlFile:
    """Return the values of a YAML text: mappings, lists and text (``no`` and ``1e3`` stay text).

    An empty value is None. Tags, aliases, repeated keys, files above 2 MB and nesting beyond 40
    levels are problems, each with its place; the rest of the file is still read.
    """
    found = YamlFile()
    if len(text) > MOST_BYTES:
        found.problems.append(Problem(1, 1, (), _("the file is larger than 2 MB; shorten it")))
        return found
    try:
        _refuse_depth(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = error.problem or _("it is not YAML")
        wrong = _("{reason}; check indentation, colons and quotation marks").format(reason=reason)
        found.problems.append(Problem(line, column, (), wrong))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found.problems.append(Problem(line, 1, (), _("a control character stands here; remove it")))
    else:
        found.values = None if node is None else _convert(node, (), found)
    return found


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml where there is one; composing only, nothing is ever constructed."""


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise _refusal(_("nested too deeply"), event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise _refusal(_("references (*name) are not allowed"), event)


def _refusal(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _convert(node: Node, path: Path, found: YamlFile) -> Any:
    found.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag.startswith(("!", "tag:yaml.org,2002:python")):
        found.report(path, _("tags (!name) are not allowed; write plain text"))
        return None
    if isinstance(node, MappingNode):
        return _convert_mapping(node, path, found)
    if isinstance(node, SequenceNode):
        return [_convert(item, (*path, i), found) for i, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    is_empty = node.style is None and node.value in {"", "~", "null"}
    return None if is_empty else node.value


def _convert_mapping(node: MappingNode, path: Path, found: YamlFile) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            found.report(path, _("a key must be plain text"))
            continue
        key = key_node.value
        if key in values:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            repeated = _("“{key}” stands here a second time; keep one").format(key=key)
            found.problems.append(Problem(*place, (*path, key), repeated))
            continue
        values[key] = _convert(value_node, (*path, key), found)
    return values
