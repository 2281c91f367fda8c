"""A brand's logos, icons, social card and fonts, as artifacts. One module for each family of files."""
