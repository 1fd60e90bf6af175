"""Which papers are made about calls and tenures, and what stands in them."""

from council.papers import candidates, posts  # noqa: F401 — each declares its papers
