"""The form of codebook.yaml; apart from codebook_file, since pydantic takes 40 ms to import."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else ([] if value is None else value)


def _by_language(value: Any) -> Any:
    return {"": value} if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_one_or_many)]
Named = Annotated[dict[str, Text], BeforeValidator(_by_language), Field(min_length=1)]
Patterns = Annotated[list[list[dict[str, Any]]], BeforeValidator(_one_or_many)]


class CodeSchema(BaseModel):
    """A theme or code; all but id, name and definition may be left out."""

    model_config = ConfigDict(extra="forbid")
    id: Text
    name: Named
    definition: Named
    include: Texts = []
    exclude: Texts = []
    examples: Texts = []
    keywords: Texts = []
    patterns: Patterns = []
    base: Text | None = None
    codable: bool = True
    codes: list[CodeSchema] = []


class ExtendsSchema(BaseModel):
    """Which codes are kept from another codebook."""

    model_config = ConfigDict(extra="forbid")
    codebook: Text
    keep: Texts = []


class CodebookSchema(BaseModel):
    """A whole codebook.yaml."""

    model_config = ConfigDict(extra="forbid")
    codebook: str | None = None
    version: str = ""
    language: str = "sv"
    title: Named | None = None
    authors: Texts = []
    extends: ExtendsSchema | None = None
    themes: list[CodeSchema] = []
