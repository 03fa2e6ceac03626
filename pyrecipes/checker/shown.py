"""Plain data (`inside/plain.py`) as the Python text that a learner reads. Trusts no shape."""

from __future__ import annotations

from typing import Any

COLLECTIONS = {"tuple", "set", "frozenset"}
LIMIT = 2_000


def show(data: Any, limit: int = LIMIT) -> str:
    """As Python would write the value, cut in its middle where longer than `limit`."""
    try:
        text = _show(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        text = "<unreadable>"
    if len(text) <= limit:
        return text
    keep = (limit - 5) // 2
    return f"{text[:keep]} ... {text[-keep:]}"


def type_name(data: Any) -> str:
    """The name of the type that the value had."""
    if not isinstance(data, dict):
        return type(data).__name__
    tag = data.get("t")
    if tag == "array":
        return "numpy array"
    if tag == "scalar":
        return f"numpy {data.get('dtype')}"
    if tag == "named":
        return str(data.get("kind"))
    if tag in {"match", "pattern"}:
        return f"re.{str(tag).capitalize()}"
    return str(data.get("type", tag))


def _show(data: Any) -> str:
    if not isinstance(data, (dict, list)):
        return repr(data)
    if isinstance(data, list):
        return f"[{_all(data)}]"
    tag, items = data["t"], data.get("items")
    if tag in COLLECTIONS and isinstance(items, list):
        return _collection(tag, items)
    if tag == "dict" and isinstance(items, list):
        return "{" + ", ".join(f"{_show(k)}: {_show(v)}" for k, v in items) + "}"
    if isinstance(items, list):
        return _listed(tag, data, items)
    return _single(tag, data)


def _all(items: list[Any]) -> str:
    return ", ".join(_show(item) for item in items)


def _collection(tag: str, items: list[Any]) -> str:
    if tag == "tuple":
        return f"({_all(items)},)" if len(items) == 1 else f"({_all(items)})"
    inner = ", ".join(sorted(_show(item) for item in items))
    if tag == "frozenset":
        return f"frozenset({{{inner}}})" if items else "frozenset()"
    return f"{{{inner}}}" if items else "set()"


def _listed(tag: str, data: dict[str, Any], items: list[Any]) -> str:
    name = type_name(data)
    if "fields" in data:
        named = zip(data["fields"], items, strict=False)
        return f"{name}({', '.join(f'{field}={_show(item)}' for field, item in named)})"
    if tag == "range":
        start, stop, step = items
        numbers = [start, stop] if step == 1 else items
        return f"range({_all(numbers[1:] if numbers[0] == 0 and step == 1 else numbers)})"
    if tag == "complex":
        return str(complex(*(_float(item) for item in items)))
    if tag == "exception":
        return f"{name}({_all(items)})"
    if tag == "array":
        shaped, kind = _shaped(items, data["shape"]), data["dtype"]
        usual = kind in {"int64", "float64", "bool"}
        return f"array({shaped})" if usual else f"array({shaped}, dtype={kind})"
    if tag == "iterator":
        end = f", then {data['raised'][0]}" if data.get("raised") else ""
        return f"<{name} of {_all(items)}{', ...' if data.get('more') else ''}{end}>"
    return f"{name}([{_all(items)}])"


def _shaped(items: list[Any], shape: list[int]) -> str:
    if not shape:
        return _show(items[0])
    if len(shape) == 1:
        return f"[{_all(items)}]"
    step = len(items) // shape[0] if shape[0] else 0
    rows = (_shaped(items[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0]))
    return f"[{', '.join(rows)}]"


def _float(data: Any) -> float:
    return float(data["v"]) if isinstance(data, dict) else float(data)


def _single(tag: str, data: dict[str, Any]) -> str:
    name = type_name(data)
    if tag == "int":
        return str(int(data["hex"], 16)) if len(data["hex"]) < 3000 else data["hex"][:100] + "..."
    if tag == "float":
        return str(data["v"])
    if tag in {"bytes", "bytearray"}:
        raw = bytes.fromhex(data["hex"])
        return repr(raw) if tag == "bytes" else repr(bytearray(raw))
    if tag == "sub":
        return f"{name}({_show(data['v'])})"
    if tag == "scalar":
        return f"np.{data['dtype']}({_show(data['v'])})"
    if tag == "enum":
        return f"{name}.{data['name']}"
    if tag == "path":
        return f"{name}({_show(data['v'])})"
    if tag == "scribed":
        return str(data["v"])
    if tag == "named":
        return f"<{data['kind']} {data['name']}>"
    if tag == "match":
        groups = "".join(f", {n}: {_show(g)}" for n, g in enumerate(data["groups"][1:], 1))
        span = data["spans"][0]
        return f"<match {_show(data['groups'][0])} at {span[0]} to {span[1]}{groups}>"
    if tag == "pattern":
        flags = int(data["flags"]) & ~32
        return f"re.compile({_show(data['pattern'])}{f', flags={flags}' if flags else ''})"
    if tag == "object":
        held = data["attributes"]
        if held is None:
            return f"<{name}>" if data["repr"] == name else str(data["repr"])
        inner = ", ".join(f"{_show(k)[1:-1]}={_show(v)}" for k, v in held)
        return f"<{name} with {inner}>" if inner else f"<{name}>"
    if tag == "broken":
        return f"<{name}, but looking at it raises {data['raised'][0]}>"
    if tag == "cycle":
        return "..."
    return f"<a large {name}>"
