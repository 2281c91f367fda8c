"""The portal: one mkdocs render for each variant, then the stamping of every brand, byte for byte.

In reading order: conditions and pages (what a page's source may say), placeholder and markdown (how a brand's value
gets into a page), plugin and render (mkdocs), variant, probe, compiling and stamp (one render, every brand).
"""
