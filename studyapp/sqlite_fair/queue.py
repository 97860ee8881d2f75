"""The queue itself: a lock on a file, waited for by the kernel, with a limit to patience."""

import fcntl
import os
import threading
import weakref


class WaitedTooLong(Exception):
    """Others wrote for the whole time that we were ready to wait."""


class WriterQueue:
    """One connection's way into the queue of a database's writers.

    The lock belongs to the opened file, so that two connections of one process exclude each other
    as two processes do. It ends with `release`, with the connection, and with the process.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_held = False
        self._descriptor: int | None = None
        _open_queues.add(self)

    def acquire(self, timeout: float) -> None:
        """Hold the lock, after at most `timeout` seconds; else `WaitedTooLong`."""
        if self.is_held:
            return
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(self._descriptor, timeout)
        self.is_held = True

    def release(self) -> None:
        """Let the next one write. Explicitly unlocked: a forked child may share the open file."""
        if self.is_held and self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self.is_held = False

    def close(self) -> None:
        """Release, and close the file."""
        self.release()
        self.forget()

    def forget(self) -> None:
        """Close the file without unlocking: in a forked child the lock is still the parent's."""
        self.is_held = False
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _wait(self, descriptor: int, timeout: float) -> None:
        turn = _Turn(descriptor)
        threading.Thread(target=turn.wait, name="writer's turn", daemon=True).start()
        came = False
        try:
            came = turn.has_come.wait(timeout)
        finally:  # also when a signal interrupts the wait
            if not came:
                turn.give_up()
                self._descriptor = None
        if not came:
            raise WaitedTooLong

    def __del__(self) -> None:
        self.close()  # a thread that ends leaves its connections to the garbage collector


class _Turn:
    """A wait in a thread of its own: the kernel's wait for a file lock knows no timeout.

    Whoever gives up leaves the opened file to that thread, which closes it when its turn comes.
    """

    def __init__(self, descriptor: int) -> None:
        self.has_come = threading.Event()
        self._descriptor = descriptor
        self._is_given_up = False
        self._decision = threading.Lock()

    def wait(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._decision:
            self.has_come.set()
            if self._is_given_up:
                self._hand_back()

    def give_up(self) -> None:
        with self._decision:
            self._is_given_up = True
            if self.has_come.is_set():  # in the very last moment
                self._hand_back()

    def _hand_back(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)


_open_queues: weakref.WeakSet[WriterQueue] = weakref.WeakSet()


def _forget_all() -> None:
    """In a forked child: the files, and the locks on them, are the parent's."""
    for queue in list(_open_queues):
        queue.forget()


os.register_at_fork(after_in_child=_forget_all)
