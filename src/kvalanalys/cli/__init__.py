"""The command line: parses, calls one workflow function, shows the result."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from kvalanalys.cli.commands import LazyGroup
from kvalanalys.cli.errors import shown_errors
from kvalanalys.messages import LANGUAGES, N_, language_of_locale, speak

# Where each command lives, by the steps of the work; nothing is imported before it is called.
COMMANDS = {
    N_("Start"): {
        "demo": ("kvalanalys.cli.start:demo", N_("Make the demo study and go the whole road.")),
        "new": ("kvalanalys.cli.start:new", N_("Make an empty study.")),
        "status": ("kvalanalys.cli.start:status", N_("Show where the study stands, what is next.")),
    },
    N_("Material"): {
        "import": ("kvalanalys.cli.material:import_", N_("Import transcripts.")),
        "documents": ("kvalanalys.cli.material:documents", N_("List and show the transcripts.")),
        "respondents": ("kvalanalys.cli.material:respondents", N_("List and import respondents.")),
        "codebook": ("kvalanalys.cli.material:codebook", N_("Check, show and apply a codebook.")),
    },
    N_("Coding"): {
        "suggest": ("kvalanalys.cli.code:suggest", N_("Propose codes, with reasons.")),
        "review": ("kvalanalys.cli.review:review", N_("Decide on suggestions, one at a time.")),
        "codings": ("kvalanalys.cli.code:codings", N_("List, add, retract, import, export.")),
    },
    N_("Report"): {
        "themes": ("kvalanalys.cli.report:themes", N_("Show how many spoke to each theme.")),
        "quotes": ("kvalanalys.cli.report:quotes", N_("List quotations.")),
        "report": ("kvalanalys.cli.report:report", N_("Write the theme report: Word, html, md.")),
    },
    N_("Care"): {
        "history": ("kvalanalys.cli.start:history", N_("List what has changed the study.")),
    },
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--study", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES))
@click.option("--version", is_flag=True)
@click.pass_context
def kvalanalys(context: click.Context, study: Path | None, lang: str | None, version: bool) -> None:
    given = study or (Path(place) if (place := os.environ.get("KVALANALYS_STUDY")) else None)
    context.obj = given
    if version:
        import kvalanalys as package

        click.echo(f"kvalanalys {package.__version__}")
    elif context.invoked_subcommand is None:
        from kvalanalys.cli.start import show_status_or_first_steps

        show_status_or_first_steps(given)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 the input or study is wrong, 2 wrong usage."""
    _prepare_console()
    words = _hoisted(sys.argv[1:] if arguments is None else arguments)
    speak(_language(words))
    gc.set_threshold(100_000, 20, 20)  # most of a short command is importing: collect seldom
    with shown_errors():
        kvalanalys(words, prog_name="kvalanalys")


def _prepare_console() -> None:
    """Show ? for a letter that an old console's code page lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _hoisted(words: list[str]) -> list[str]:
    """Move --study and --lang to the front, so that they may stand anywhere.

    After ``demo``, --study is the demo's own: which of the demo studies.
    """
    anywhere = ("--lang",) if "demo" in words[:3] else ("--study", "--lang")
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word in anywhere:
            front += [word, *([value] if (value := next(waiting, None)) is not None else [])]
        elif word.startswith(tuple(f"{name}=" for name in anywhere)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _language(words: list[str]) -> str:
    """Return the language: --lang, else the study's, else the locale's."""
    for i, word in enumerate(words):
        if word == "--lang" and i + 1 < len(words):
            return words[i + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return _language_of_study(words) or language_of_locale()


def _language_of_study(words: list[str]) -> str | None:
    import re

    given = os.environ.get("KVALANALYS_STUDY")
    for i, word in enumerate(words):
        if word == "--study" and i + 1 < len(words):
            given = words[i + 1]
        elif word.startswith("--study="):
            given = word.partition("=")[2]
    here = Path.cwd()
    folders = [Path(given)] if given else [here, *here.parents]
    for folder in folders:
        try:
            text = (folder / "study.toml").read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        found = re.search(r'^language\s*=\s*"(\w+)"', text, re.MULTILINE)
        return found[1] if found else "sv"
    return None


__all__ = ["COMMANDS", "kvalanalys", "main"]
