"""Progress of long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["bar"]


@contextmanager
def bar(title: str, show: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give what long work calls with the steps done and all of them: a bar that shows after a second, or nothing."""
    if not show:
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=title, delay=1, leave=False) as shown:

        def tell(done: int, of: int) -> None:
            shown.total = of
            shown.update(done - shown.n)

        yield tell
