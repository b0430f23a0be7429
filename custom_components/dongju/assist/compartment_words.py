"""What people call the compartments of an appliance besides what its maker calls them."""

from typing import Final

_WORDS: Final[tuple[tuple[str, ...], ...]] = (
    (
        "상단 칸",
        "상칸",
        "위 칸",
        "윗칸",
        "맨 위 칸",
        "위쪽 칸",
        "상단",
        "top compartment",
        "upper compartment",
        "top zone",
    ),
    ("중단 칸", "중칸", "가운데 칸", "중간 칸", "중단", "middle compartment", "middle zone"),
    (
        "하단 칸",
        "하칸",
        "아래 칸",
        "아랫칸",
        "맨 아래 칸",
        "아래쪽 칸",
        "하단",
        "bottom compartment",
        "lower compartment",
        "bottom zone",
    ),
    ("왼쪽 칸", "좌측 칸", "좌칸", "left compartment", "left zone"),
    ("오른쪽 칸", "우측 칸", "우칸", "right compartment", "right zone"),
)


def compartment_words(name: str) -> tuple[str, ...]:
    """Return the other words for a compartment of this name."""
    known = name.casefold()
    return next((words for words in _WORDS if known in words), ())
