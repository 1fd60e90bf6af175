"""Locks on things that are not rows: the calendar of batches, the head of the history's chain.

PostgreSQL keeps them as advisory locks until the transaction ends. SQLite has one writer at a time, and our transactions
begin as writers (IMMEDIATE), so there the transaction itself is the lock.
"""

from hashlib import sha256

from django.db import connection


def hold(name: str, *, shared: bool = False) -> None:
    """Hold the lock called `name` until the running transaction ends; `shared` holders do not exclude each other."""
    if not connection.in_atomic_block:
        message = f"the lock {name!r} is held by a transaction, and none is running"
        raise RuntimeError(message)
    if connection.vendor == "postgresql":
        key = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [key])
