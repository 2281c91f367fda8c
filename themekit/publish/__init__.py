"""Uploads: SDK packages to registries. The only code that talks to a network other than loopback."""
