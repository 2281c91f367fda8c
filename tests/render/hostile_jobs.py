"""What a decoder may do when a file makes it go wrong: jobs for the limited worker."""

import os
import signal
import sys


def crash(*_):
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(*_):
    os.abort()


def spin(*_):
    while True:
        pass


def swell(*_):
    return (bytes(1 << 33),)


def chat(*values):
    sys.stdout.write("not a frame\n")
    sys.stdout.flush()
    os.write(1, b"nor this\n")
    return values


def scribble(path):
    with open(path, "wb") as file:  # noqa: PTH123 - as a library would
        file.write(b"x")
    return ()


def fail(*_):
    raise ValueError("bad magic")


def process_id():
    return (os.getpid(),)


def starve(*_):
    raise MemoryError


def echo(*values):
    return values
