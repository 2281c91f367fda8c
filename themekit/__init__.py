"""themekit: one repository of content, any number of brands."""

__version__ = "0.1.0"
