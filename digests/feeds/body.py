"""A body within its budget: what is more than the limit after decompression is never held."""

import zlib

from digests.errors import FetchCause, FetchError

# zlib takes gzip and zlib headers alike with this (zlib manual, inflateInit2).
_ANY_HEADER = 32 + zlib.MAX_WBITS
_REFUSED_CODINGS = frozenset({"br", "zstd", "compress", "x-compress"})
_DEFLATED = frozenset({"gzip", "x-gzip", "deflate"})


class Body:
    """Collects the chunks of one answer, inflating them; ``place`` names it in errors."""

    def __init__(self, *, coding: str, max_bytes: int, place: str) -> None:
        coding = coding.strip().lower()
        if coding in _REFUSED_CODINGS:
            raise FetchError(FetchCause.BROKEN, f"{place} sends a compression we did not ask for ({coding}).")
        self._coding = coding if coding in _DEFLATED else ""
        self._max_bytes = max_bytes
        self._place = place
        self._inflater = zlib.decompressobj(_ANY_HEADER)
        self._pieces: list[bytes] = []
        self._size = 0
        self._started = False

    def feed(self, chunk: bytes) -> None:
        """Take one chunk as it came over the wire.

        Raises:
            FetchError: the body is larger than allowed, or its compression is damaged.
        """
        if not self._coding:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error as error:
            raise FetchError(FetchCause.BROKEN, f"{self._place} sends damaged gzip data.") from error

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            FetchError: the compressed data ended early.
        """
        if self._started and not self._inflater.eof:
            raise FetchError(
                FetchCause.BROKEN, f"{self._place} stopped in the middle of its compressed data."
            )
        return b"".join(self._pieces)

    def _inflate(self, chunk: bytes) -> None:
        if not self._started and chunk:
            self._started = True
            # Some servers leave zlib's header out of "deflate" (RFC 9110, section 8.4.1.2).
            if self._coding == "deflate" and chunk[0] & 0x0F != zlib.DEFLATED:
                self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        while chunk:
            if self._inflater.eof:
                # Bytes after the end are another gzip member (RFC 1952, section 2.2), or padding.
                if not chunk.startswith(b"\x1f\x8b"):
                    return
                self._inflater = zlib.decompressobj(_ANY_HEADER)
            self._keep(self._inflater.decompress(chunk, self._max_bytes - self._size + 1))
            chunk = self._inflater.unused_data or self._inflater.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._max_bytes:
            raise too_large(self._place, self._max_bytes)
        self._pieces.append(piece)


def too_large(place: str, max_bytes: int) -> FetchError:
    """Return the error for a body over ``max_bytes``."""
    return FetchError(FetchCause.TOO_LARGE, f"{place} is larger than {max_bytes / 1_000_000:g} MB.")
