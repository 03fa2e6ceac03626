"""pyrecipes: an interactive command-line tutor for recipes of Python's standard library."""

__version__ = "0.1.0"
