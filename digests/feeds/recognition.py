"""Which of a feed's entries it had before, whatever its publisher does to ids, links, titles and dates: pure.

An id (``guid``) is what most publishers keep for good. Some make new ones at every fetch, and some number
the places of the list; what a feed did so far decides whether its ids or its links are believed
(``IdKind``). An address alone is not enough where a publisher puts several items under one, and a title
never is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from digests.model import EntryToStore, FeedMemory, IdKind, KnownEntry

# As often as this a feed gave an item another id before its ids are no longer believed.
_MOST_CHANGES = 2
# An archive that comes back under new ids and links brings many known titles at once.
_FEW, _MOST = 5, 0.5
# Nobody publishes so much within an hour that nothing of the list before is left.
_FLOOD, _AT_ONCE = 10, timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a poll brought. ``new`` entries are in the feed's order; those not fresh are only remembered.

    ``memory`` says what the feed taught about itself, without its entries. ``gap`` tells that nothing of the
    list was known, so that entries may have come and gone unseen; ``moved`` counts the entries that came
    back under other ids and links.
    """

    new: tuple[EntryToStore, ...]
    memory: FeedMemory
    gap: bool = False
    moved: int = 0


def recognise(offered: Sequence[EntryToStore], memory: FeedMemory) -> Recognised:
    """Return which of ``offered`` are new to a feed that answered before.

    ``memory`` holds every known entry that shares an id, a link or a title with one of them.
    """
    look = _Look(offered, memory)
    new = tuple(entry for entry in offered if not look.knows(entry))
    changes = memory.guid_changes + look.changed
    numbered = look.reused >= max(_MOST_CHANGES, (look.kept + look.reused) / 2)
    kind = IdKind.LINK if numbered or changes >= _MOST_CHANGES else memory.id_kind
    learnt = FeedMemory(id_kind=kind, guid_changes=min(changes, _MOST_CHANGES))
    if kind is not memory.id_kind:
        again = recognise(offered, replace(memory, id_kind=kind, guid_changes=learnt.guid_changes))
        return replace(again, memory=learnt)
    new = tuple(replace(entry, identity=entry.own_identity) if look.shares(entry) else entry for entry in new)
    gap = bool(new) and len(new) == len(offered)
    return _brake(Recognised(new=new, memory=learnt, gap=gap), look)


def _brake(found: Recognised, look: "_Look") -> Recognised:
    """Return what was found, an archive that only came back remembered and not told."""
    back = [entry for entry in found.new if entry.headline in look.by_headline]
    if len(back) >= _FEW and len(back) >= _MOST * look.count:
        known = {entry.key for entry in back}
        new = tuple(replace(entry, fresh=False) if entry.key in known else entry for entry in found.new)
        return replace(found, new=new, gap=False, moved=len(back))
    if found.gap and len(found.new) >= _FLOOD and _is_dated_at_once(found.new):
        quiet = tuple(replace(entry, fresh=False) for entry in found.new)
        return replace(found, new=quiet, gap=False, moved=len(quiet))
    return found


def _is_dated_at_once(entries: Iterable[EntryToStore]) -> bool:
    """Return whether all dates lie together, as a publisher's machine makes them over night."""
    dates = [entry.published for entry in entries if entry.published is not None]
    return len(dates) > 1 and max(dates) - min(dates) < _AT_ONCE


class _Look:
    """One look at a list beside what is known; ``knows`` also counts what the list says of its ids."""

    def __init__(self, offered: Sequence[EntryToStore], memory: FeedMemory) -> None:
        self.count = len(offered)
        self.by_guid, self.by_link, self.by_headline = _indexes(memory.known)
        self._by_id = memory.id_kind is IdKind.GUID
        self._guids = Counter(entry.guid for entry in offered)
        self._links = Counter(entry.link for entry in offered)
        self._moments = Counter((entry.headline, entry.published) for entry in offered)
        self.changed = self.kept = self.reused = 0

    def knows(self, entry: EntryToStore) -> bool:
        """Return whether the feed had this item before."""
        if self._by_id and entry.guid is not None and self._guids[entry.guid] == 1:
            same = self.by_guid.get(entry.guid, ())
            if same:
                self._count_kept(entry, same)
                return True
        there = self.by_link.get(entry.link, ()) if entry.link is not None else ()
        if there:
            return self._knows_at(entry, there)
        return self._has_moved(entry) or (entry.link is None and self._knows_words_of(entry))

    def _has_moved(self, entry: EntryToStore) -> bool:
        """Return whether an item of this title and this very moment stood here under another id and link."""
        if entry.published is None or self._moments[entry.headline, entry.published] > 1:
            return False
        return any(
            known.published == entry.published
            and (known.guid is None or known.guid not in self._guids)
            and (known.link is None or known.link not in self._links)
            for known in self.by_headline.get(entry.headline, ())
        )

    def shares(self, entry: EntryToStore) -> bool:
        """Return whether another item had the address of a new entry before."""
        return entry.link is not None and entry.link in self.by_link

    def _knows_at(self, entry: EntryToStore, there: Sequence[KnownEntry]) -> bool:
        """Return whether one of the items that were ``there``, at the entry's address, is this one."""
        if self._links[entry.link] > 1 or len({known.headline for known in there}) > 1:
            # Many have one date, where days alone are dated.
            return any(known.headline == entry.headline for known in there)
        if not self._by_id or entry.guid is None:
            return True
        if any(_is_same(known, entry) for known in there):
            self.changed += 1
            return True
        return False

    def _count_kept(self, entry: EntryToStore, same: Sequence[KnownEntry]) -> None:
        """Count an id that stands for another link and another title than before, or for the same."""
        alike = any(known.link == entry.link or known.headline == entry.headline for known in same)
        self.kept += alike
        self.reused += not alike

    def _knows_words_of(self, entry: EntryToStore) -> bool:
        """Return whether an entry without an address says what another one said, word for word."""
        alike = entry.headline in self.by_headline
        if alike and self._by_id and entry.guid is not None:
            self.changed += 1
            return True
        return alike


def _is_same(known: KnownEntry, entry: EntryToStore) -> bool:
    """Return whether an item at one address under another id is the same: its title stayed, or its date."""
    dated = known.published is not None and known.published == entry.published
    return known.headline == entry.headline or dated


_Index = defaultdict[int | None, list[KnownEntry]]


def _indexes(known: Iterable[KnownEntry]) -> tuple[_Index, _Index, _Index]:
    by_guid: _Index = defaultdict(list)
    by_link: _Index = defaultdict(list)
    by_headline: _Index = defaultdict(list)
    for entry in known:
        by_guid[entry.guid].append(entry)
        by_link[entry.link].append(entry)
        by_headline[entry.headline].append(entry)
    return by_guid, by_link, by_headline
