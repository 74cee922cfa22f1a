"""Chromium, for the tests of the pages: finds it, or installs Debian's.

    python scripts/toolchain/chromium.py

Standard library only.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = (
    "The tests of the pages need Chromium. Install it (on Debian: apt-get install chromium), or put"
    " it on PATH as one of: " + ", ".join(NAMES)
)


def find() -> str | None:
    """The first that is on PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Debian's package; stops with a clear message where that cannot be done."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sys.exit(NEEDED)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        print("+", " ".join(command), flush=True)
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed. {NEEDED}")


def main() -> None:
    """Makes sure that there is one."""
    if find() is None:
        install()
    if find() is None:
        sys.exit(NEEDED)


if __name__ == "__main__":
    main()
