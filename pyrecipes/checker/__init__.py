"""Exercise, Answer -> Verdict. What is wanted never enters the sandbox with the answer."""

from pyrecipes.checker.judge import check
from pyrecipes.checker.wanted import Memory

__all__ = ["Memory", "check"]
