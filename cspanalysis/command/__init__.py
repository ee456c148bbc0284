"""The command `cspanalysis`: thin, a function a verb, and what verbs alone need."""
