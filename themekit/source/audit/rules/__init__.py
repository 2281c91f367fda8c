"""The rules of the audit, one a module: a code, a function that finds, and the two as `RULE`."""
