"""An OpenAPI description, 3.0 or 3.1, to the whole `ApiModel`."""

from themekit.source.api.read import read_api

__all__ = ["read_api"]
