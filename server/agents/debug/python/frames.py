# The frames of the script's calls.
import sys


def follow_lines(frame, follows):
    """Without its lines a frame costs nothing, and its end is still seen. Python 3.6 knows lines alone."""
    if sys.version_info >= (3, 7):
        frame.f_trace_lines = follows


def is_main(frame):
    code = frame.f_code
    return frame.f_back is None and code.co_name == "<module>" and frame.f_globals.get("__name__") == "__main__"


def stack_of(frame):
    frames = []
    while frame is not None:
        frames.append((frame, frame.f_lineno))
        frame = frame.f_back
    return frames


def raised_at(traceback):
    """The frames of an exception, beginning with the one that raised it."""
    frames = []
    while traceback is not None:
        frames.insert(0, (traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return frames


def without_ours(traceback):
    """What failed within a stream that is counted failed in the script's call of it. Not before Python 3.7."""
    while traceback is not None and sys.version_info >= (3, 7):
        while traceback.tb_next is not None and traceback.tb_next.tb_frame.f_code.co_filename == __file__:
            traceback.tb_next = traceback.tb_next.tb_next
        traceback = traceback.tb_next
