"""Who is told what when something happens in the home."""

from collections.abc import Callable
from typing import Any

from . import pushes
from .accounts import Account, AccountBook
from .appliance import Appliance
from .pushes import PushQueue
from .subscriptions import ClientRegistry, Subscriptions


class Notifier:
    """Turn events of appliances into messages for subscribed clients."""

    def __init__(
        self,
        accounts: AccountBook,
        clients: ClientRegistry,
        subscriptions: Subscriptions,
        queue: PushQueue,
    ) -> None:
        """Send messages by a queue."""
        self._accounts = accounts
        self._clients = clients
        self._subscriptions = subscriptions
        self._queue = queue

    def attach(self, appliance: Appliance) -> None:
        """Listen to an appliance."""
        appliance.on_report = self._on_report
        appliance.on_push = self._on_push

    def report(self, appliance: Appliance, report: Any) -> list[str]:
        """Tell of changed state; return the clients told."""
        return self._send(
            self._subscriptions.event_clients(appliance.device_id),
            lambda account: pushes.status_message(account, appliance.device_id, appliance.device_type, report),
        )

    def push(self, appliance: Appliance, push_code: str) -> list[str]:
        """Send a notification; return the clients told."""
        return self._send(
            self._subscriptions.push_clients(appliance.device_id),
            lambda account: pushes.notification_message(account, appliance.device_id, appliance.device_type, push_code),
        )

    def registered(self, appliance: Appliance) -> list[str]:
        """Tell of a new device; return the clients told."""
        info = appliance.info()["deviceInfo"]
        return self._send_home(appliance, lambda account: pushes.registered_message(account, appliance.device_id, info))

    def unregistered(self, appliance: Appliance) -> list[str]:
        """Tell of a device that is gone; return the clients told."""
        info = appliance.info()["deviceInfo"]
        return self._send_home(
            appliance, lambda account: pushes.unregistered_message(account, appliance.device_id, info)
        )

    def renamed(self, appliance: Appliance) -> list[str]:
        """Tell of a device's new name; return the clients told."""
        return self._send_home(
            appliance, lambda account: pushes.alias_message(account, appliance.device_id, appliance.alias)
        )

    def spoken(self, appliance: Appliance, spoken: dict[str, Any]) -> list[str]:
        """Tell what was said to an appliance, where the account allows it; return the clients told."""
        return self._send(
            self._subscriptions.push_clients(appliance.device_id),
            lambda account: pushes.voice_message(account, appliance.device_id, appliance.device_type, spoken),
            wanted=lambda account: account.voice,
        )

    def send_raw(self, payload: bytes, client_ids: list[str]) -> None:
        """Send arbitrary bytes."""
        self._queue.send_raw(payload, client_ids)

    def close(self) -> None:
        """Forget messages still held back."""
        self._queue.close()

    def _on_report(self, appliance: Appliance, report: Any) -> None:
        self.report(appliance, report)

    def _on_push(self, appliance: Appliance, push_code: str) -> None:
        self.push(appliance, push_code)

    def _send_home(self, appliance: Appliance, build: Callable[[Account], dict[str, Any]]) -> list[str]:
        return self._send(
            self._subscriptions.home_clients(), build, wanted=lambda account: account.owns(appliance.device_id)
        )

    def _send(
        self,
        client_ids: list[str],
        build: Callable[[Account], dict[str, Any]],
        wanted: Callable[[Account], bool] | None = None,
    ) -> list[str]:
        """Send each account's clients their own message; return the clients told."""
        if not client_ids:
            return []
        by_user: dict[str | None, list[str]] = {}
        for client_id in client_ids:
            by_user.setdefault(self._clients.user_of(client_id), []).append(client_id)
        told: list[str] = []
        for user_number, members in by_user.items():
            account = self._accounts.of_user(user_number)
            if account is None or (wanted is not None and not wanted(account)):
                continue
            self._queue.send(build(account), members, wrapped=account.wrapped)
            told += members
        return told
