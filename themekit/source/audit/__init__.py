"""How well an API is described: what is documented, and what in the description is likely to be a mistake."""
