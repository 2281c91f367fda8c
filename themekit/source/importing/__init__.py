"""Tokens of other tools to DTCG 2025.10. What cannot be carried over is said, each at its line."""
