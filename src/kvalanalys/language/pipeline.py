"""spaCy pipelines: the language's blank one with our lemmas, or an installed trained one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kvalanalys.errors import StudyError
from kvalanalys.language.lemmas import lemma
from kvalanalys.messages import _, list_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "kvalanalys_lemmas"
_NUMBER_ATTRIBUTES = {"LENGTH"}


@cache
def load_pipeline(language: str, name: str | None = None) -> Language:
    """Return a spaCy pipeline that gives tokens and lemmas.

    Raises
    ------
    StudyError
        The named pipeline is not installed, or the language is not one of spaCy's.

    """
    import spacy

    if name is not None:
        installed = tuple(spacy.util.get_installed_models())
        if name not in installed:
            choices = list_names(installed) or _("none")
            raise StudyError(
                _("The spaCy pipeline “{name}” is not installed here.").format(name=name),
                hint=_("Installed: {names}. Install it, or take “pipeline” out of study.toml.")
                .format(names=choices),
            )  # fmt: skip
        return spacy.load(name, exclude=["ner", "parser"])
    try:
        blank = spacy.blank(language)
    except ImportError as error:
        raise StudyError(
            _("spaCy does not know the language “{language}”.").format(language=language),
            hint=_("Set language in study.toml, for example “sv” or “en”."),
        ) from error
    _add_lemmas(blank, language)
    return blank


def _add_lemmas(nlp: Language, language: str) -> None:
    from spacy.language import Language

    if not Language.has_factory(COMPONENT):
        Language.factory(COMPONENT, default_config={"language": language}, func=_component)
    nlp.add_pipe(COMPONENT, config={"language": language})


def _component(nlp: Any, name: str, language: str) -> Callable[[Doc], Doc]:
    # spaCy evaluates these annotations when it runs, so they name nothing imported for types only
    def lemmatise(doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = lemma(token.text, language)
        return doc

    return lemmatise


def plain_pattern(pattern: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a pattern from YAML, where all is text, with numbers and booleans made such."""

    def typed(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: typed(key, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [typed(key, inner) for inner in value]
        if key.startswith(("IS_", "LIKE_")):
            return str(value).lower() == "true"
        return int(value) if key in _NUMBER_ATTRIBUTES and str(value).isdigit() else value

    return [
        {key.upper(): typed(key.upper(), value) for key, value in token.items()}
        for token in pattern
    ]


def pattern_problems(pattern: list[dict[str, Any]], language: str) -> str:
    """Return what spaCy has against a token pattern, or an empty text."""
    from spacy.errors import MatchPatternError
    from spacy.matcher import Matcher

    matcher = Matcher(load_pipeline(language).vocab, validate=True)
    try:
        matcher.add("pattern", [plain_pattern(pattern)])
    except (MatchPatternError, ValueError) as error:
        return " ".join(line.strip(" -") for line in str(error).splitlines()[1:4]) or str(error)
    return ""
