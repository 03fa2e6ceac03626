"""Themes can be read, and the environment is obeyed."""

from __future__ import annotations

import io

import pytest
from rich.style import Style

from pyrecipes.render.svg import BACKGROUND
from pyrecipes.render.theme import PALETTES, guess_theme, make_console, styles, wants_ascii
from tests.render.screens import SCREENS, shown

COLOUR = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "FORCE_COLOR": "1"}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("theme", "backgrounds"),
    [
        ("dark", ("#000000", "#1e1e1e", "#282c34", BACKGROUND["dark"][0])),
        ("light", ("#ffffff", "#fafafa", BACKGROUND["light"][0])),
    ],
)
def test_every_colour_has_enough_contrast(theme, backgrounds) -> None:
    for name, colour in PALETTES[theme].items():
        for background in backgrounds:
            assert _contrast(colour, background) >= 4.5, (name, background)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_styles_are_what_rich_understands(theme) -> None:
    for style in styles(theme).values():
        Style.parse(style)


def test_the_environment_is_obeyed() -> None:
    def written(env: dict[str, str], **options) -> str:
        return shown(SCREENS["listing"](), env=env, **options)

    assert "\x1b[" in written(COLOUR)
    assert "\x1b[" not in written({"TERM": "xterm-256color"})  # a file is no terminal
    assert "38;" not in written({**COLOUR, "NO_COLOR": "1"})
    assert "\x1b[" not in written({**COLOUR, "TERM": "dumb"})
    assert "\x1b[" not in written(COLOUR, plain=True)


def test_columns_are_obeyed_and_never_too_few() -> None:
    def width(columns: str) -> int:
        return make_console(io.StringIO(), env={"COLUMNS": columns}).look.width

    assert width("64") == 64
    assert width("3") == 24
    assert width("junk") == 80


def test_a_light_background_is_noticed() -> None:
    assert guess_theme({"COLORFGBG": "0;15"}) == "light"
    assert guess_theme({"COLORFGBG": "15;0"}) == "dark"
    assert guess_theme({}) == "dark"


def test_an_encoding_that_lacks_a_character_fails_nobody() -> None:
    for encoding in ("ascii", "latin-1", "cp1252", "gbk"):
        for screen in SCREENS.values():
            shown(screen(), encoding=encoding)


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({}, False),
        ({"LC_ALL": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
        ({"LC_ALL": "C", "PYTHONUTF8": "1"}, False),
    ],
)
def test_where_the_c_locale_is_named_there_is_ascii(env, wanted) -> None:
    assert wants_ascii(env) == wanted
    file = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert make_console(file, env={"TERM": "dumb", **env}).look.ascii == wanted
