"""CloudWatch metrics: kept in bounded memory (`store`), read by statistic and by metric math (`reading`)."""

from . import reading, store


def install() -> None:
    """Replace MiniStack's metric store and the operations that read it."""
    store.install()
    reading.install()
