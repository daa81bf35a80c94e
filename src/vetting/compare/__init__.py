"""Two values to a comparison level, one module per attribute."""
