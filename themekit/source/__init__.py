"""Text to model: brand files and design tokens, read with every mistake reported at its line and column."""
