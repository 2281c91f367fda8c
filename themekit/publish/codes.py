"""What can go wrong between a project and its partners, as diagnostics name it."""

from __future__ import annotations

from themekit.diagnostics import Code

PUBLISH_REFUSED = Code("publish-refused", summary="Bundles cannot be published, or not now.")
CHANNEL_REFUSED = Code("channel-refused", summary="An update channel cannot be signed, or is not as it has to be.")
PLACE_FAILED = Code("place-failed", summary="The place where bundles are published cannot be read or written.")
FETCH_REFUSED = Code("fetch-refused", summary="Nothing new was fetched from an update channel.")
