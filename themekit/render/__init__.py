"""Values to text and pixels: the only homes of the rendering libraries."""
