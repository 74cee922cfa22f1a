"""Runs a command among the project's tools: python -m scripts.toolchain COMMAND ..."""

import os
import sys

from scripts.toolchain import environment


def main() -> None:
    """Becomes the command."""
    if len(sys.argv) < 2:
        sys.exit("usage: python -m scripts.toolchain COMMAND [ARGUMENT ...]")
    found = environment()
    try:
        os.execvpe(sys.argv[1], sys.argv[1:], found)
    except FileNotFoundError:
        sys.exit(f"{sys.argv[1]}: not found; run: make setup")


if __name__ == "__main__":
    main()
