"""The formats that a graph is written in, a module each: how it is written, and how it reads back."""
