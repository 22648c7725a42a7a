"""The sentences that people read in chat, in their language, and in the terminal, in one place."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from digests.catalogue import ENGLISH, Catalogue
from digests.errors import FetchCause, FetchError, ParseError
from digests.model import PartState

BESIDE = "Another Onrecord is running on this database; this is from what it has read so far."
POLL_BESIDE = "It asks the feeds itself; onrecord preview CHANNEL shows what it has read so far."
CONFIG_APPLIED = "The new configuration is in force."
CONFIG_REFUSED = "The new configuration cannot be used; the old one runs on."
CONFIG_UNCHANGED = "Nothing changed in the configuration."
OPML_REFUSED = "nothing was imported: with the new feeds it would be no good configuration"
SHORTER_EVERY = 'set a shorter "every" for it: entries may come and go between two polls'
ROLLS_OVER = "its list rolls over faster than a feed can be asked: some entries are lost"

_FEW = 3


def moment(slot: datetime, zone: ZoneInfo, say: Catalogue = ENGLISH) -> str:
    """Return a slot as people say it, in the channel's zone: "Mon 9 Mar, 17:00 (America/Chicago)"."""
    return f"{say.moment(slot.astimezone(zone))} ({zone.key})"


# --- what is said in chat, in the channel's language -----------------------------------------------------


def direct_message(say: Catalogue) -> str:
    """Return what a direct message with the bot is good for."""
    return say.gettext(
        "Digests belong to channels: type /digest in a channel that gets one. "
        "Here I can digest a single article: /digest with its address."
    )


def first_poll(say: Catalogue) -> str:
    """Return why there is no digest yet."""
    return say.gettext("I am still reading the feeds for the first time. Please ask again in a minute.")


def preview(when: str, say: Catalogue) -> str:
    """Return the line above a preview that only its reader sees."""
    if not when:
        return say.gettext("The next digest, as it would be now. To post it for all: /digest share")
    return say.gettext(
        "The next digest, as it would be now. It is due {when}. To post it for all: /digest share", when=when
    )


def nothing_new(when: str, say: Catalogue) -> str:
    """Return what to say where there is nothing to tell."""
    if not when:
        return say.gettext("Nothing new since the last digest.")
    return say.gettext("Nothing new since the last digest. The next digest is due {when}.", when=when)


def shared(stories: int, say: Catalogue) -> str:
    """Return what the person who shared reads."""
    return say.ngettext(
        "Posting {number} story to this channel.", "Posting {number} stories to this channel.", stories
    )


def not_configured(target: str, say: Catalogue) -> str:
    """Return how a channel without a configuration gets one."""
    return say.gettext(
        "This channel gets no digests yet. To change that, add a channel with `to: {target}` to Onrecord's "
        "configuration. A single article works here already: /digest with its address.",
        target=target,
    )


def not_read(error: Exception, say: Catalogue) -> str:
    """Return why one article could not be digested; outside of English the reason's kind alone."""
    reason = str(error) if say.language == "en" else _reason(error, say)
    return say.gettext("I could not digest that: {reason}", reason=reason)


def _reason(error: Exception, say: Catalogue) -> str:
    if isinstance(error, ParseError):
        return say.gettext("there is no article on that page")
    if not isinstance(error, FetchError):
        return say.gettext("the article could not be analysed")
    reasons = {
        FetchCause.REFUSED_ADDRESS: say.gettext("I may not open that address"),
        FetchCause.BAD_ADDRESS: say.gettext("that is no address"),
        FetchCause.DNS: say.gettext("there is no site under that name"),
        FetchCause.TIMEOUT: say.gettext("the site took too long to answer"),
        FetchCause.TOO_LARGE: say.gettext("the page is too large"),
        FetchCause.GONE: say.gettext("the page is gone"),
        FetchCause.NOT_FOUND: say.gettext("there is no such page"),
        FetchCause.FORBIDDEN: say.gettext("the site lets no programs read that page"),
        FetchCause.RATE_LIMITED: say.gettext("the site wants to be left alone for a while"),
    }
    return reasons.get(error.cause) or say.gettext("the site did not give the page")


def nothing_to_show(say: Catalogue) -> str:
    """Return what is said where an answer has no words."""
    return say.gettext("There is nothing to show.")


def first_messages(shown: int, of: int, say: Catalogue) -> str:
    """Return what stands under an answer that is longer than a person can be shown."""
    return say.gettext("These are the first {shown} of {of} messages.", shown=shown, of=of)


def rest_left_out(say: Catalogue) -> str:
    """Return the same where no more than that may be said."""
    return say.gettext("The rest is left out here: “/digest share” posts the whole digest to the channel.")


def sorry(say: Catalogue) -> str:
    """Return what is said where an answer failed in a way that nobody foresaw."""
    return say.gettext(
        "Sorry, that digest could not be made. The bot's log says why; please try again in a minute."
    )


def usage(say: Catalogue) -> str:
    """Return how /digest is typed where the platform does not show it."""
    return say.gettext(
        "Type “/digest” for what this channel's next digest would hold now, “/digest share” to post it "
        "for everybody, or “/digest https://…” for the digest of one article."
    )


# --- what operators read ---------------------------------------------------------------------------------


def watching(feeds: int, channels: int, when: str) -> str:
    """Return the line with which a bot on a terminal begins."""
    what = f"{feeds} {'feed' if feeds == 1 else 'feeds'}"
    whom = f"{channels} {'channel' if channels == 1 else 'channels'}"
    due = f"; the next digest is due {when}" if when else ""
    return f"Watching {what} for {whom}{due}. Ctrl-C ends it."


def at_next_start(setting: str) -> str:
    """Return what is said of a setting that cannot change while the bot runs."""
    return f"`{setting}` takes effect at the next start"


def failing(feeds: int, of: int) -> str:
    """Return what ``--once`` says of feeds that could not be read."""
    return f"{feeds} of {of} feeds failed; the log above says why."


def once_nothing(channel: str, when: str) -> str:
    """Return what ``--once`` says of a channel without news."""
    due = f" Next digest: {when}." if when else ""
    return f"{channel}: nothing new since the last digest.{due}"


def once_queued(channel: str, stories: int) -> str:
    """Return what ``--once`` says of a digest that went out."""
    return f"{channel}: {stories} {'story' if stories == 1 else 'stories'} posted."


def once_quiet(channel: str, stories: int, when: str) -> str:
    """Return what ``--once`` says of a digest that waits for the end of quiet hours."""
    return f"{channel}: quiet now; {stories} {'story goes' if stories == 1 else 'stories go'} out {when}."


def quiet_until(when: str) -> str:
    """Return why ``--once`` left an earlier digest where it was."""
    return f"quiet until {when}"


def once_waiting(channel: str, note: str) -> str:
    """Return what ``--once`` says of a message that the platform did not take."""
    return f"{channel}: not delivered yet: {note}"


def _messages(count: int) -> str:
    return f"{count} {'message' if count == 1 else 'messages'}"


def outbox_summary(states: Sequence[PartState]) -> str:
    """Return the line under the outbox's list."""
    if not states:
        return "Nothing waits to be sent."
    counts = Counter(states)
    told = ", ".join(f"{counts[state]} {state.value}" for state in PartState if counts[state])
    return f"{_messages(len(states))}: {told}."


def outbox_retried(count: int) -> str:
    """Return what ``outbox retry`` did."""
    if not count:
        return "Nothing was put off by a failed try."
    return f"{_messages(count)} will be tried again: within a minute where the bot runs, else when it starts."


def outbox_dropped(count: int) -> str:
    """Return what ``outbox drop`` did."""
    return f"{_messages(count)} dropped: never sent, and what waited behind goes on."


def feeds_summary(feeds: int, failing: int) -> str:
    """Return the line under the list of feeds."""
    how = f"{failing} failing" if failing else "all well"
    return f"{feeds} {'feed' if feeds == 1 else 'feeds'}: {how}."


def _feeds(count: int) -> str:
    return f"{count} {'feed' if count == 1 else 'feeds'}"


def opml_added(count: int, file: str) -> str:
    """Return what ``opml import`` did."""
    return f"{_feeds(count)} added to {file}."


def opml_nothing(left_out: int) -> str:
    """Return what ``opml import`` says where it wrote nothing."""
    return "Nothing to add." if left_out else "No feeds in it."


def opml_known(titles: Sequence[str]) -> str:
    """Return what ``opml import`` says of feeds that are there already, all in one line."""
    named = f" ({', '.join(titles)})" if len(titles) <= _FEW else ""
    are = "is" if len(titles) == 1 else "are"
    there = f"{_feeds(len(titles))} {are} there already{named}"
    return f"  {there}; the list's titles and folders are not taken over."


def opml_skipped(what: str) -> str:
    """Return what ``opml import`` says of something that it did not take."""
    return f"  not added: {what}"


def opml_receives(channel: str, count: int) -> str:
    """Return which channel tells of the feeds that were added."""
    return f"  {channel} gets {_feeds(count)} more."


def opml_left_out(count: int) -> str:
    """Return what ``opml export`` says of feeds in files of this machine."""
    return f"{_feeds(count)} in files left out: no other reader can have them."
