"""Pictures of built portals: which are taken, the gallery they are put into, and how they differ from earlier ones."""
