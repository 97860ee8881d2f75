"""SQLite for several processes: those who write stand in one queue.

SQLite lets one connection write at a time and makes the others sleep and try again, so an unlucky
one may wait until it gives up while later ones pass. Here a transaction first takes a kernel lock
on a file beside the database (`queue`), and the kernel wakes whoever waits. `base` puts that into
Django's backend, `checks` says at start what this SQLite cannot promise.

Decisions: transactions queue, single statements outside `atomic` do not, so every write belongs
into one. The lock is advisory and local: the database lies on this machine's own disk, on Linux or
macOS. In memory there is nobody to wait for, and no queue.
"""
