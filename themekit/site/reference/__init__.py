"""An `ApiModel` to the portal's reference: Markdown pages, in which all that the description says is inert text."""
