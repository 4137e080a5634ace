# Handlers that a script adds to a logger would be there twice for its next request, and print twice.
import sys


class LoggingState:
    def __init__(self):
        self._before = None

    def take(self):
        logging = sys.modules.get("logging")
        self._before = {name: settings(logger) for name, logger in loggers(logging)} if logging else {}

    def put_back(self):
        logging = sys.modules.get("logging")
        if logging is None:
            return
        logging.disable(logging.NOTSET)
        for name, logger in loggers(logging):
            was = self._before.get(name) or ([], [], logging.WARNING if name is None else logging.NOTSET, True, False)
            if settings(logger) != was:
                logger.handlers[:], logger.filters[:] = was[0], was[1]
                logger.propagate, logger.disabled = was[3], was[4]
                logger.setLevel(was[2])


def loggers(logging):
    """The root has the name None here."""
    yield None, logging.root
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger):
            yield name, logger


def settings(logger):
    return list(logger.handlers), list(logger.filters), logger.level, logger.propagate, logger.disabled
