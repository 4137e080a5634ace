# Random numbers: each request has its own, as in a new process. Python's generator does so in a fork by itself.
import sys


def seed_generators(names=("random", "numpy.random")):
    for name in names:
        seed = getattr(sys.modules.get(name), "seed", None)
        if seed:
            try:
                seed()
            except TypeError:
                pass  # NumPy's, when a library has put in another generator, which cannot begin anew
