"""Levels to bits: weights, frequencies, dependence, chance, explanation."""
