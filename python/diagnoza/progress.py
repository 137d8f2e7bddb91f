"""Progress of long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Progress", "Tell", "bar"]

Tell = Callable[[int, int], object]
"""Called with the steps done and all of them; an exception ends the work."""

Progress = bool | Tell
"""A bar that shows after a second, nothing, or a function of one's own."""


@contextmanager
def bar(title: str, progress: Progress) -> Iterator[Tell | None]:
    """Give what long work calls between its steps."""
    if callable(progress) or not progress:
        yield progress or None
        return
    from tqdm import tqdm

    with tqdm(desc=title, delay=1, leave=False) as shown:

        def tell(done: int, of: int) -> None:
            shown.total = of
            shown.update(done - shown.n)

        yield tell
