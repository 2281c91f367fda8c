"""The rules of the lint, one a module: a code, a function that finds, and the two as `RULE`."""
