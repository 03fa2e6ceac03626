"""Two ways to drive a sitting by keys: in this process through a pipe, and in a real terminal.

Both show what comes out on an emulated screen, and wait for texts instead of sleeping.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import pexpect
import pyte

from pyrecipes.checker import check
from pyrecipes.loader import load
from pyrecipes.progress.answers import Answers
from pyrecipes.progress.store import Store
from pyrecipes.render.theme import make_console
from pyrecipes.terminal.learn import Learn
from pyrecipes.terminal.toolkit import Toolkit
from pyrecipes.tutor.sitting import Sitting

LESSON = Path(__file__).parents[1] / "fixtures" / "lessons" / "sit.yaml"
PATIENCE_S = 15

NAMES = {
    "Enter": "\r", "Tab": "\t", "Backspace": "\x7f", "Esc": "\x1b", "Up": "\x1b[A",
    "Down": "\x1b[B", "Space": " ", "BackTab": "\x1b[Z", "Alt-Enter": "\x1b\r",
}  # fmt: skip


def keys(text: str) -> str:
    """The bytes of a key's name (`Ctrl-S`, `Enter`), or the text itself."""
    if text.startswith("Ctrl-") and len(text) == 6:
        return chr(ord(text[5].upper()) - 64)
    return NAMES.get(text, text)


def paste(text: str) -> str:
    """What a terminal sends for a pasted text."""
    return f"\x1b[200~{text}\x1b[201~"


def until(holds) -> None:
    """Wait for something that another program does."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


class Emulated:
    """A screen with its scrollback."""

    def __init__(self, columns: int, rows: int) -> None:
        self.lock = threading.Condition()
        self.display = pyte.HistoryScreen(columns, rows, history=5000, ratio=0.5)
        self.display.set_mode(pyte.modes.LNM)
        self.stream = pyte.Stream(self.display)

    def feed(self, text: str) -> None:
        with self.lock:
            self.stream.feed(text)
            self.lock.notify_all()

    def screen(self) -> str:
        with self.lock:
            return "\n".join(line.rstrip() for line in self.display.display)

    def all(self) -> str:
        """What is on the screen and what has gone from it, line by line."""
        with self.lock:
            top = [
                "".join(row[x].data for x in range(self.display.columns)).rstrip()
                for row in self.display.history.top
            ]
            return "\n".join([*top, *(line.rstrip() for line in self.display.display)])


class Fed:
    """A file that writes to an emulated screen."""

    def __init__(self, emulated: Emulated, encoding: str) -> None:
        self.encoding = encoding
        self.emulated = emulated

    def write(self, text: str) -> int:
        self.emulated.feed(text)
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


class Piped:
    """A sitting in a thread of this process, its keys through prompt_toolkit's pipe input."""

    def __init__(
        self, home: Path, sandbox, columns=80, rows=24, start=None, vi=False, **look
    ) -> None:
        from prompt_toolkit.data_structures import Size
        from prompt_toolkit.input import create_pipe_input
        from prompt_toolkit.output.vt100 import Vt100_Output

        self.emulated = Emulated(columns, rows)
        self.status = None
        self.error = None
        self._pipe = create_pipe_input()
        self._input = self._pipe.__enter__()
        file = Fed(self.emulated, look.get("encoding", "utf-8"))
        env = {"TERM": "xterm-256color", "LINES": str(rows), **look.get("env", {})}
        screen = make_console(file, width=columns, env=env)  # type: ignore[arg-type]
        output = Vt100_Output(file, lambda: Size(rows, columns), enable_cpr=False)  # type: ignore[arg-type]

        def live() -> None:
            try:
                with open_learn(home, lambda: sandbox, screen, lambda: front, start=start) as learn:
                    self.status = learn.run()
            except BaseException as error:
                self.error = error
            with self.emulated.lock:
                self.emulated.lock.notify_all()

        front = Toolkit(lambda: screen.look, vi=vi, source=self._input, output=output)
        self._thread = threading.Thread(target=live, daemon=True)
        self._thread.start()

    def send(self, *texts: str) -> None:
        for text in texts:
            self._input.send_text(keys(text))

    def wait_for(self, text: str) -> str:
        """Wait until the text is on the screen; the screen."""
        with self.emulated.lock:
            seen = self.emulated.lock.wait_for(
                lambda: text in self.emulated.screen() or self.error,
                PATIENCE_S,
            )
        if self.error:
            raise self.error
        assert seen, f"{text!r} did not come; there is\n{self.screen()}"
        return self.screen()

    def screen(self) -> str:
        return self.emulated.screen()

    def all(self) -> str:
        return self.emulated.all()

    def end(self) -> int:
        """Wait for the sitting's end; its exit status."""
        self._thread.join(PATIENCE_S)
        if self.error:
            raise self.error
        assert not self._thread.is_alive(), self.screen()
        return self.status

    def close(self) -> None:
        for _ in range(5):  # out of the editor, then out of the sitting
            if self._thread.is_alive():
                self.send("Ctrl-C")
                self._thread.join(PATIENCE_S / 5)
        self._pipe.__exit__(None, None, None)


class Terminal:
    """A program in a real pseudo-terminal."""

    def __init__(self, arguments, home: Path, columns=80, rows=24, env=()) -> None:
        self.emulated = Emulated(columns, rows)
        self.emulated.display.reset_mode(pyte.modes.LNM)
        environ = {
            "PATH": os.environ["PATH"],
            "PYRECIPES_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONFAULTHANDLER": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            **dict(env),
        }
        self.child = pexpect.spawn(
            sys.executable,
            list(arguments),
            env=environ,
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE_S,
        )
        self.child.delaybeforesend = None

    def send(self, *texts: str) -> None:
        for text in texts:
            self.child.send(keys(text))

    def _read(self, timeout: float) -> bool:
        try:
            self.emulated.feed(self.child.read_nonblocking(65536, timeout))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def wait_for(self, text: str) -> str:
        deadline = time.monotonic() + PATIENCE_S
        while text not in self.screen():
            going = self._read(0.2)
            late = time.monotonic() > deadline
            assert text in self.screen() or (going and not late), (
                f"{text!r} did not come; there is\n{self.screen()}"
            )
        return self.screen()

    def resize(self, columns: int, rows: int) -> None:
        self.emulated.display.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def screen(self) -> str:
        return self.emulated.screen()

    def all(self) -> str:
        return self.emulated.all()

    def end(self) -> int:
        deadline = time.monotonic() + PATIENCE_S
        while self._read(0.5):
            if time.monotonic() > deadline:
                self.child.kill(signal.SIGABRT)  # it says where it is, see PYTHONFAULTHANDLER
                while self._read(1) and time.monotonic() < deadline + 5:
                    pass
                raise AssertionError(f"it did not end\n{self.all()}")
        self.child.close()
        return self.child.exitstatus

    def close(self) -> None:
        self.child.close(force=True)


class open_learn:  # noqa: N801 - used as a context manager
    """A sitting on the fixture lesson, with a store of its own."""

    def __init__(self, home, sandbox, screen, front, start=None, first_time=False) -> None:
        self.store = Store.open(home / "progress.db", lambda: datetime.now().astimezone())
        sitting = Sitting(
            load(LESSON),
            self.store,
            Answers(home / "answers"),
            sandbox,
            lambda name, exercise, answer: check(exercise, answer, sandbox(), name),
            start=start,
        )
        self.learn = Learn(sitting, screen, front, {}, first_time=first_time)

    def __enter__(self):
        return self.learn

    def __exit__(self, *_) -> None:
        self.store.close()


def main() -> int:
    """The sitting of the tests as a program: START [--plain]."""
    from pyrecipes.sandbox import open_sandbox
    from pyrecipes.terminal.plain import Lines
    from pyrecipes.terminal.warm import Warming

    plain = "--plain" in sys.argv
    screen = make_console(sys.stdout, plain=plain)
    home = Path(os.environ["PYRECIPES_HOME"])
    start = sys.argv[1] if sys.argv[1:2] and sys.argv[1] != "--plain" else None

    def front():
        if plain:
            return Lines(input, screen.print)
        return Toolkit(lambda: screen.look)

    with (
        Warming(open_sandbox) as warming,
        open_learn(home, warming.sandbox, screen, front, start) as learn,
    ):
        return learn.run()


if __name__ == "__main__":
    sys.exit(main())
