"""SDKs as packages, and packages as static registries that pip, npm, Maven and go install from: files and nothing else.

Same files, same bytes: no clock, fixed modes, members in the order of their paths, a compressor that gives the same on
every processor.
"""
