"""Accounts of social platforms, as their archives, interfaces and collectors write them."""
