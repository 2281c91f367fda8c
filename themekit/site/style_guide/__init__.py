"""The portal's style guide: one page for all brands, and what a brand's own file says on it."""
