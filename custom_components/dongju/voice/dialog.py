"""What was spoken of before, by conversation."""

from .entities import Entity
from .frames import Understanding
from .home import HomeIndex
from .tokens import Token


class DialogState:
    """The state of one conversation: the device spoken of last."""

    entity: Entity | None = None

    def complete(self, tokens: list[Token], _home: HomeIndex) -> list[Token]:
        """Return the tokens of a sentence completed by what was asked before."""
        return tokens

    def remember(self, _result: Understanding, _tokens: list[Token], entity: Entity | None) -> None:
        """Keep what a sentence spoke of."""
        self.entity = entity
