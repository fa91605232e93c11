"""The program ``reportedly``, which comes with the package."""

from __future__ import annotations

import signal
import sys

from . import _reportedly

__all__ = ["main"]


def main() -> None:
    """Runs the program on the arguments of this process, and ends it."""
    # The program is not to be asked whether Python wants to say something to Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_reportedly.main(["reportedly", *sys.argv[1:]]))
