"""One file for each output format of design tokens. The registry in `themekit.plugins` finds them."""
