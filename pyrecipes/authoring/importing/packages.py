"""Small tables: which distribution a module comes from, and advice that has grown old."""

from __future__ import annotations

import difflib
import re
import sys

DISTRIBUTIONS = {
    "cv2": "opencv-python",
    "PIL": "pillow",
    "win32ui": "pywin32",
    "win32api": "pywin32",
    "win32con": "pywin32",
    "win32gui": "pywin32",
    "yaml": "PyYAML",
    "sklearn": "scikit-learn",
    "skimage": "scikit-image",
    "bs4": "beautifulsoup4",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "serial": "pyserial",
    "usb": "pyusb",
    "Crypto": "pycryptodome",
    "OpenSSL": "pyOpenSSL",
    "MySQLdb": "mysqlclient",
    "psycopg2": "psycopg2-binary",
    "jwt": "PyJWT",
    "docx": "python-docx",
    "pptx": "python-pptx",
    "fitz": "PyMuPDF",
    "magic": "python-magic",
    "git": "GitPython",
    "attr": "attrs",
    "google.protobuf": "protobuf",
}

SHORT = {"np": "import numpy as np", "pd": "import pandas as pd"}
"""Names that everybody gives to a module, with the import that makes them."""

USUAL = {
    "defaultdict": "collections",
    "Counter": "collections",
    "OrderedDict": "collections",
    "namedtuple": "collections",
    "deque": "collections",
    "Path": "pathlib",
    "partial": "functools",
    "lru_cache": "functools",
    "reduce": "functools",
    "dataclass": "dataclasses",
    "datetime": "datetime",
    "timedelta": "datetime",
    "Enum": "enum",
    "contextmanager": "contextlib",
    "ThreadPoolExecutor": "concurrent.futures",
    "ProcessPoolExecutor": "concurrent.futures",
    "Thread": "threading",
}
"""Names of the standard library that notes use without importing them."""

PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "matplotlib",
    "pillow",
    "shapely",
    "imgaug",
    "opencv-python",
    "prettytable",
    "requests",
    "flask",
    "django",
    "sqlalchemy",
    "pytest",
    "scikit-learn",
    "tensorflow",
    "torch",
    "keras",
    "jupyter",
    "pywin32",
    "setuptools",
    "beautifulsoup4",
    "lxml",
    "seaborn",
    "networkx",
    "pydantic",
    "fastapi",
)
"""Distributions that notes often name, to know a misspelt one by."""

OLD = (
    (r"\beasy_install\b", "`easy_install` is gone from setuptools; use `python -m pip install`"),
    (r"\bpypiwin32\b", "`pypiwin32` is an old name that is no longer kept; install `pywin32`"),
    (r"\bpython setup\.py install\b", "`setup.py install` is gone; use `python -m pip install .`"),
    (r"\bpip install sklearn\b", "`sklearn` on PyPI is no more; install `scikit-learn`"),
    (
        r"\bpip install (?:bs4|PIL)\b",
        "that is the module's name; the distributions are `beautifulsoup4` and `pillow`",
    ),
    (r"\bpyvenv\b", "`pyvenv` is gone; use `python -m venv`"),
    (r"\bsudo pip\b", "`sudo pip` writes into the system's Python; use a virtual environment"),
)


def near_module(name: str) -> str:
    """The well-known module that a misspelt name is near to, or nothing."""
    if len(name) < 4 or name[-1].isdigit() or name.lower() in PACKAGES:
        return ""  # `urllib3` is no `urllib`
    known = [each for each in sys.stdlib_module_names if not each.startswith("_")]
    known += ["numpy", "pandas", "scipy", "matplotlib", "requests"]
    return next(iter(difflib.get_close_matches(name, known, 1, 0.84)), "")


def outdated(text: str) -> list[str]:
    """What is no longer so in a line."""
    return [what for pattern, what in OLD if re.search(pattern, text)]


def misspelt(word: str) -> str:
    """The distribution that a word is near to but is not, or nothing."""
    low = word.lower()
    if len(low) < 5 or low in PACKAGES:
        return ""
    near = difflib.get_close_matches(low, [each for each in PACKAGES if len(each) > 4], 1, 0.8)
    return next(iter(near), "")
