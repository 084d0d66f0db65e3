"""Files that commands write."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(name):
    """A text file to write into, which takes its name only once all of it is written: where
    something goes wrong, an older one stays. What is no file, such as /dev/stdout, is written as
    it is. Without a name, None."""
    if not name:
        yield None
        return
    path = Path(name).resolve()
    draft = path.with_name(f"{path.name}.part")
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
        else:
            with draft.open("w", encoding="utf-8", newline="") as file:
                yield file
            draft.replace(path)
    except OSError as error:
        if error.filename in (None, str(path), str(draft)):
            error.filename = name
        raise
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def patient_pipe():
    """Within it, whoever reads standard output may have seen enough."""
    try:
        yield
    except BrokenPipeError:
        close_pipe()


def close_pipe():
    """Nothing more is said on standard output, not at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
