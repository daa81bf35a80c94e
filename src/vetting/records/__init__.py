"""What is known: frozen data classes without I/O and without opinions."""
