"""Gap-free numbers: given under a lock, in the transaction that uses them, and never twice."""
