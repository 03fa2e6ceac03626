"""Imports asyncio without TLS: it would take `ssl` along, 5 MB and 10 ms for the sockets of others.

To be imported before prompt_toolkit. asyncio does without `ssl` as on a Python built without it.
"""

import sys

if "asyncio" not in sys.modules and "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]  # an import of it fails, as documented
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
