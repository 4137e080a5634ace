# Handlers that a script adds to a logger would be there twice for its next request, and print twice.
import sys


class LoggingState:
    def __init__(self):
        self._before = None
        self._handlers = []

    def take(self):
        logging = sys.modules.get("logging")
        self._before = {name: settings(logger) for name, logger in loggers(logging)} if logging else {}
        self._handlers = list(logging._handlerList) if logging else []  # weak references

    def finish(self):
        """As logging does at Python's end: what handlers have buffered is written. Those of before stay open."""
        logging = sys.modules.get("logging")
        if logging is None:
            return
        before = {id(one) for one in self._handlers}
        logging.shutdown([one for one in logging._handlerList if id(one) not in before])
        for handler in [one() for one in self._handlers]:
            if handler and handler is not logging.lastResort and getattr(handler, "flushOnClose", True):
                flush_handler(handler)

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


def flush_handler(handler):
    try:
        handler.flush()
    except (OSError, ValueError):
        pass  # its file is closed


def loggers(logging):
    """The root has the name None here."""
    yield None, logging.root
    for name, logger in list(logging.Logger.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger):
            yield name, logger


def settings(logger):
    return list(logger.handlers), list(logger.filters), logger.level, logger.propagate, logger.disabled
