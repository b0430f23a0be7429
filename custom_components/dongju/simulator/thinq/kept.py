"""What a snapshot needs: telling profiles apart, and putting a kept state back in place."""

import hashlib
import json
from typing import Any

from .profile import Wire


def digest(profile: Wire) -> str:
    """Return what tells one profile from another."""
    return hashlib.sha256(json.dumps(profile, sort_keys=True).encode()).hexdigest()[:16]


def replace_tree(node: Any, kept: Any) -> bool:
    """Overwrite a wire tree in place, because parts hold references into it."""
    if isinstance(node, dict) and isinstance(kept, dict):
        for key in [key for key in node if key not in kept]:
            del node[key]
        for key, value in kept.items():
            if not (isinstance(node.get(key), dict | list) and replace_tree(node[key], value)):
                node[key] = value
        return True
    if isinstance(node, list) and isinstance(kept, list) and len(node) == len(kept):
        for index, value in enumerate(kept):
            if not replace_tree(node[index], value):
                node[index] = value
        return True
    return False
