"""Codings and respondents as tables ↔ values; never the store."""
