"""The client of a kernel, which knows that a kernel is ready without waiting for quiet."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

__all__ = ["KernelStartError", "ReadyClient"]

_ASK_AGAIN = 1.0
# Seconds in which the output channel repeats what was answered: later means that it was said
# before we were subscribed.
_ECHO = 0.05


class KernelStartError(Exception):
    """Report that a kernel died before it was ready, or was not ready in time."""


class ReadyClient(AsyncKernelClient):
    """Wait for a kernel's answer on both channels, rather than for 0.2 seconds without a message.

    Once the kernel has said on its output channel that it is idle after our question, no output
    of a cell can be missed.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        until = time.monotonic() + (timeout or float("inf"))
        while not await self._answers(self.kernel_info()):
            if not await self._async_is_alive():
                raise KernelStartError("the kernel died before it was ready")
            if time.monotonic() > until:
                raise KernelStartError(f"the kernel was not ready within {timeout:g} seconds")

    wait_for_ready = _async_wait_for_ready

    async def _answers(self, question: str) -> bool:
        try:
            while not _is(await self._async_get_shell_msg(timeout=_ASK_AGAIN), question):
                pass
            while not _is_idle(await self._async_get_iopub_msg(timeout=_ECHO), question):
                pass
        except Empty:
            return False
        return True


def _is(message: dict[str, Any], question: str) -> bool:
    return bool(message["parent_header"].get("msg_id") == question)


def _is_idle(message: dict[str, Any], question: str) -> bool:
    return _is(message, question) and message["content"].get("execution_state") == "idle"
