"""The one door for every string that a user sees.

Source strings are English; ``locale/`` holds the other languages as gettext catalogues.
Write ``_("… {name} …").format(name=name)``; mark a string that is translated later with ``N_``.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("sv", "en")
LOCALE_FOLDER = Path(__file__).parent / "locale"
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("kvalanalys", LOCALE_FOLDER, [language], fallback=True)


def _(message: str) -> str:
    """Translate a message into the language spoken now."""
    return _translated(_spoken.get(), message)


@cache
def _translated(language: str, message: str) -> str:
    return _catalogue(language).gettext(message)


def plural(singular: str, plural_form: str, n: int) -> str:
    """Translate a message that has a singular and a plural, for the count n."""
    return _catalogue(_spoken.get()).ngettext(singular, plural_form, n)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a message for translation that is translated where it is shown."""
    return message


def NN_(singular: str, plural_form: str) -> tuple[str, str]:  # noqa: N802
    """Mark a message with a plural that is translated elsewhere."""
    return singular, plural_form


def spoken_language() -> str:
    """Return the language spoken now: ``sv`` or ``en``."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for the time of a ``with`` block; unknown languages speak English."""
    token = _spoken.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: str) -> None:
    """Speak a language from here on, for a whole process: the command line, click's words too."""
    _spoken.set(language if language in LANGUAGES else "en")
    os.environ["LANGUAGE"] = _spoken.get()
    gettext.bindtextdomain("kvalanalys", LOCALE_FOLDER)
    gettext.textdomain("kvalanalys")


def language_of_locale() -> str:
    """Return the language of the user's locale: ``sv`` for Swedish, else ``en``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable, ""):
            return "sv" if value.lower().startswith("sv") else "en"
    return _language_of_system()


def _language_of_system() -> str:
    import locale

    name = locale.getlocale()[0] or ""  # "sv_SE" on POSIX, "Swedish_Sweden" on Windows
    return "sv" if name.lower().startswith(("sv", "swedish")) else "en"


def list_names(names: tuple[str, ...] | list[str]) -> str:
    """Join names for a sentence: ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def nearest(name: str, known: list[str] | tuple[str, ...], *, most: int = 3) -> tuple[str, ...]:
    """Return the known names most like a mistyped one, best first."""
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(name.casefold(), list(folded), n=most, cutoff=0.5)
    return tuple(folded[key] for key in found)
