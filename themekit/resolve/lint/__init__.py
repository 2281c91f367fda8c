"""The lint of tokens: what in a brand is allowed and likely a mistake. One module a rule, found by looking."""
