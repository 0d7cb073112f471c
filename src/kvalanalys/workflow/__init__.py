"""The verbs an investigator uses: load, call one pure chain, save; the only users of the store."""
