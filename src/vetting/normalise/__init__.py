"""Text to text, pure: the forms of a value that are compared."""
