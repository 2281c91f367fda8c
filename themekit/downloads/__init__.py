"""Published bundles, for those who have a token: a server that tells nobody of what is not theirs."""
