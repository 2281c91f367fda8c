"""The path of an edit: from the file that changed to the browsers that show it.

`watch` notices, `live` decides what is looked at and when, in the `kitchen`, the one thread that owns the engine. What
it has at hand is the `bench`: the `shelf` with single files of sites, and of each brand what `repaint` told last, by
`patch`, `problems` and `events`. `drafts` are unsaved files. `drawing`, `warming`, `late_store` and `sweeping` keep
what takes long out of an edit's way.
"""
