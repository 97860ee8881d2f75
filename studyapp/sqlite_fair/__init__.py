"""SQLite for several processes: those who write stand in one queue.

SQLite lets one connection write at a time and makes the others sleep and try again, so an unlucky
one may wait until it gives up while later ones pass. Here a writer first takes a kernel lock on a
file beside the database, in its turn. The price is one system call more for each transaction.
"""
