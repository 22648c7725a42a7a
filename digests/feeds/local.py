"""[io] ``file:`` URLs: the bundled feeds, and the pages beside them."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from digests.errors import AddressRefused, FetchCause, FetchError
from digests.feeds.body import too_large
from digests.model import FetchResult


def is_file(url: str) -> bool:
    """Tell whether ``url`` names a file on this machine."""
    return url[:5].lower() == "file:"


async def read(
    url: str, *, max_bytes: int, etag: str | None = None, folder: Path | None = None
) -> FetchResult:
    """Return a file's bytes, or no body where it still is what ``etag`` says.

    With ``folder`` the file must lie inside it, links resolved. Reading happens in a thread.

    Raises:
        AddressRefused: the file lies outside ``folder``.
        FetchError: there is no such file, or it is larger than ``max_bytes``.
    """
    return await asyncio.to_thread(_read, url, max_bytes, etag, folder)


def _read(url: str, max_bytes: int, etag: str | None, folder: Path | None) -> FetchResult:
    path = _path(url)
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise AddressRefused(f"{path} lies outside {folder}; only pages beside their feed are read.")
        if not path.is_file():
            raise FetchError(FetchCause.MISSING_FILE, _why_missing(path))
        stat = path.stat()
        seen = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        if seen == etag:
            return FetchResult(url=url, body=None, etag=seen)
        with path.open("rb") as file:
            body = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise FetchError(FetchCause.MISSING_FILE, f"{path} cannot be read.") from error
    if len(body) > max_bytes:
        raise too_large(str(path), max_bytes)
    return FetchResult(url=url, body=body, etag=seen)


def _why_missing(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder; name the feed's file in it."
    if path.exists():
        return f"{path} is a pipe or a device; write the feed to a file."
    return f"{path} is not there; check the address."


def _path(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise FetchError(
            FetchCause.BAD_ADDRESS, f"file://{parts.netloc} names another machine; write file:///path."
        )
    return Path(url2pathname(parts.path))
