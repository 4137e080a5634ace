# What Python itself writes on standard error when a script ends. The script may have closed or replaced sys.stderr.
import os
import sys


def write_error(what, reaches_c=True):
    """As Python: what sys.stderr does not take goes to C's standard error or is lost, and changes nothing else."""
    try:
        sys.stderr.write(str(what))
    except Exception:
        if reaches_c:
            write_to_c(what)


def write_to_c(what):
    try:
        os.write(2, str(what).encode("utf-8", "backslashreplace"))
    except Exception:
        pass  # closed
