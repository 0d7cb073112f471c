"""Named implementations: a table one can read, plus plug-ins by entry point through the same door."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from kvalanalys.errors import UnknownName
from kvalanalys.messages import _, list_names

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


class Registry(Generic[T]):
    """Look up implementations by name; a built-in is ``"module:attribute"``, imported on first use."""

    def __init__(self, kind: str, built_in: Mapping[str, str], *, group: str = "") -> None:
        self.kind = kind
        self._built_in = dict(built_in)
        self._group = group
        self._found: dict[str, T] | None = None

    def names(self) -> tuple[str, ...]:
        """Return all names, built-ins first."""
        return (*self._built_in, *sorted(set(self._plugins()) - set(self._built_in)))

    def load(self, name: str) -> T:
        """Return the implementation of that name.

        Raises
        ------
        UnknownName
            The name is not registered; the message lists those that are.

        """
        if name in self._built_in:
            module, attribute = self._built_in[name].split(":")
            return cast("T", getattr(import_module(module), attribute))
        plugins = self._plugins()
        if name in plugins:
            return plugins[name]
        raise UnknownName(
            _("There is no {kind} called “{name}”.").format(kind=_(self.kind), name=name),
            name=name,
            candidates=self.names(),
            hint=_("Choose one of {names}.").format(names=list_names(self.names())),
        )

    def _plugins(self) -> dict[str, T]:
        if self._found is None:
            self._found = _load_plugins(self._group) if self._group else {}
        return self._found


def _load_plugins(group: str) -> dict[str, T]:
    from importlib.metadata import entry_points

    return {point.name: cast("T", point.load()) for point in entry_points(group=group)}
