"""Associations for looking at: build, draw, export."""
