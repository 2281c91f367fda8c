"""Two versions of an API to what changed, on the wire and in each SDK, and to the version that asks for."""
