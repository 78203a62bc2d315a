"""Coroutines outside the loop that a browser of another test may keep running in this thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def in_own_loop(coroutine):
    """What it returns, run to its end in a thread and loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
