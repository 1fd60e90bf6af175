"""One way to write something down so that it can be compared later: canonical JSON, and its digest."""

from __future__ import annotations

import json
from hashlib import sha256

from django.core.serializers.json import DjangoJSONEncoder


def canonical(contents: object) -> str:
    """JSON with its keys in order and no spaces; days, moments and decimals as Django writes them."""
    return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def digest(contents: object) -> str:
    """SHA-256 of canonical JSON, 64 hexadecimal digits."""
    return sha256(canonical(contents).encode()).hexdigest()
