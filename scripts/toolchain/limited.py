"""Becomes a command with a cap on its memory, that ends when its parent does.

    python limited.py BYTES PARENT COMMAND [ARGUMENT ...]

A program of its own, since a forked thread may not safely run Python before exec.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Sets both, then replaces this process."""
    memory, parent, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("the parent has ended")
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
