from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import words
from bot.commands import Answer, DigestRequest, Wants, apology
from digests.catalogue import ENGLISH
from digests.errors import AnalysisFailed, FetchCause, FetchError
from digests.storage.tables import articles
from tests.bot.small_app import CITY, DESK, Small, small_app
from tests.newsroom import answer

ADDRESS = "https://n.example/bridge"
HERE = DigestRequest(platform="discord", channel=CITY)
ELSEWHERE = DigestRequest(platform="discord", channel="999999999999999999")


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Small]:
    """An app whose feeds were read once, with nothing in them, and one article on the web."""
    async with small_app(tmp_path) as small:
        small.app.commands.mark_ready()
        small.web.pages[ADDRESS] = answer(ADDRESS, b"Text of an article.")
        yield small


async def ask(
    small: Small, request: DigestRequest = HERE, *, url: str | None = None, share: bool = False
) -> Answer:
    return await small.app.commands.digest(
        DigestRequest(
            platform=request.platform, channel=request.channel, direct=request.direct, url=url, share=share
        )
    )


async def shown(small: Small) -> list[str]:
    """Deliver what is queued and return the channels that show something."""
    await small.deliver()
    return [place for place, _ in small.discord.shown]


def due(small: Small) -> str:
    return f"{small.clock():%a} 2 Mar, 17:00 (UTC)"


# --- the channel's digest ----------------------------------------------------------------------------


async def test_a_digest_is_previewed_for_one_person(small: Small) -> None:
    """With when it is due and how to post it; nothing is posted, and nothing is consumed."""
    await small.announce("bridge")
    for _ in range(2):
        told = await ask(small)
        assert told.text == words.preview(due(small), ENGLISH)
        assert told.document is not None
        assert [card.headline.text for card in told.document.cards] == ["bridge"]
    assert await shown(small) == []


async def test_share_posts_it_for_all_and_the_slot_does_not_repeat_it(small: Small) -> None:
    """A second share has nothing new, and neither has the schedule."""
    await small.announce("bridge")
    assert await ask(small, share=True) == Answer(text="Posting 1 story to this channel.")
    assert await shown(small) == [CITY, CITY]
    nothing = Answer(text=f"Nothing new since the last digest. The next digest is due {due(small)}.")
    assert await ask(small, share=True) == nothing
    assert await ask(small) == nothing
    assert (await small.app.publisher.publish(small.channel, slot=small.clock())).stories == 0


async def test_every_channel_that_has_no_digest_is_told_why(small: Small) -> None:
    """How to configure it, with the very line to write; where a direct message's digest would come from."""
    assert await ask(small, ELSEWHERE) == Answer(
        text=words.not_configured("discord:999999999999999999", ENGLISH)
    )
    slack = DigestRequest(platform="slack", channel=CITY)
    assert await ask(small, slack) == Answer(text=words.not_configured(f"slack:{CITY}", ENGLISH))
    direct = DigestRequest(platform="discord", channel="1", direct=True)
    assert await ask(small, direct) == Answer(text=words.direct_message(ENGLISH))


async def test_before_the_first_poll_is_over_nothing_is_said_to_be_new_or_not(tmp_path: Path) -> None:
    """Neither previewed nor shared."""
    async with small_app(tmp_path) as small:
        await small.announce("bridge")
        for share in (False, True):
            assert await ask(small, share=share) == Answer(text=words.first_poll(ENGLISH))
        assert await shown(small) == []
        small.app.commands.mark_ready()
        assert (await ask(small)).document is not None


# --- one article ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(HERE, id="in the channel"),
        pytest.param(ELSEWHERE, id="in another"),
        pytest.param(DigestRequest(platform="slack", channel="D1", direct=True), id="in a direct message"),
    ],
)
async def test_an_address_is_digested_wherever_it_is_typed(small: Small, request_: DigestRequest) -> None:
    """For the person who asked; the channel's own digest does not change by it."""
    told = await ask(small, request_, url=ADDRESS)
    assert told.text == ""
    assert told.document is not None
    assert [card.headline.href for card in told.document.cards] == [ADDRESS]
    assert await shown(small) == []
    async with small.app.store._database.read() as connection:
        assert (await connection.execute(select(articles))).all() == []


async def test_a_shared_article_is_posted_where_it_was_typed(small: Small) -> None:
    """As often as it is asked for: it is nobody's news until a feed announces it."""
    for times in (1, 2):
        assert await ask(small, url=ADDRESS, share=True) == Answer(text="Posting 1 story to this channel.")
        assert await shown(small) == [CITY] * 2 * times
    assert await ask(small) == Answer(text=words.nothing_new(due(small), ENGLISH))


async def test_an_article_is_not_shared_to_a_channel_that_gets_no_digests(small: Small) -> None:
    """The operator decides where the bot posts; the page is not even fetched."""
    told = await ask(small, ELSEWHERE, url=ADDRESS, share=True)
    assert told == Answer(text=words.not_configured("discord:999999999999999999", ENGLISH))
    assert small.web.paged == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param(
            FetchError(FetchCause.NOT_FOUND, "n.example is not there (HTTP 404)."), "HTTP 404", id="404"
        ),
        pytest.param(answer(ADDRESS, b""), "there is no article on that page", id="empty"),
    ],
)
async def test_an_address_that_cannot_be_digested_says_why(small: Small, given: object, reason: str) -> None:
    """In the words of what went wrong."""
    small.web.pages[ADDRESS] = given  # type: ignore[assignment]
    told = await ask(small, url=ADDRESS)
    assert told.text.startswith("I could not digest that: ")
    assert reason in told.text


async def test_an_article_that_the_analyser_gives_up_says_so(small: Small) -> None:
    """The person is not left waiting."""
    small.analyst.faults[""] = failure = AnalysisFailed("took longer than 30 s")
    assert await ask(small, url=ADDRESS) == Answer(text=words.not_read(failure, ENGLISH))


# --- in the channel's language -------------------------------------------------------------------------


async def test_a_french_channel_is_answered_in_french(tmp_path: Path) -> None:
    """From the first poll to what is shared; the platform learns the language for its own words."""
    async with small_app(tmp_path, {**DESK, "language": "fr"}) as small:
        small.web.pages[ADDRESS] = answer(ADDRESS, b"Text of an article.")
        assert (await ask(small)).text.startswith("Je lis encore les flux")
        small.app.commands.mark_ready()
        when = "lun. 2 mars, 17:00 (UTC)"
        nothing = f"Rien de nouveau depuis le dernier résumé. Le prochain est prévu pour le {when}."
        assert await ask(small) == Answer(text=nothing, language="fr")
        await small.announce("bridge")
        told = await ask(small)
        assert f"Il est prévu pour le {when}." in told.text
        assert told.document is not None
        assert (told.document.language, told.document.title) == ("fr", "city-desk\u00a0: 1 article")
        assert (await ask(small, share=True)).text == "Je publie 1 article dans ce canal."
        article = (await ask(small, url=ADDRESS)).document
        assert article is not None
        assert article.title == "Qui a dit quoi"
        gone = await ask(small, url="https://n.example/none")
        assert gone.text == "Je n’ai pas pu résumer cela\u00a0: cette page n’existe pas"


async def test_who_has_no_channel_is_answered_in_the_files_language(tmp_path: Path) -> None:
    """A direct message, and a channel that gets no digests."""
    async with small_app(tmp_path) as small:
        config = small.app.config.model_copy(update={"language": "fr"})
        small.app.commands.follow(config, small.app.publisher)
        assert (await ask(small, ELSEWHERE)).text.startswith("Ce canal ne reçoit pas encore de résumés")
        direct = DigestRequest(platform="discord", channel="1", direct=True)
        assert (await ask(small, direct)).text.startswith("Les résumés sont faits pour les canaux")


async def test_how_to_type_it_and_an_apology_are_the_channels_words_too(tmp_path: Path) -> None:
    """In English where whoever answers cannot even apologise."""
    async with small_app(tmp_path, {**DESK, "language": "fr"}) as small:
        request = DigestRequest(platform="discord", channel=CITY)
        commands = small.app.commands
        assert (await commands.digest(replace(request, wants=Wants.USAGE))).text.startswith(
            "Tapez «\u202f/digest"
        )
        assert (await apology(request, commands.digest)).text.startswith("Désolé, ce résumé")

    async def broken(_: DigestRequest) -> Answer:
        raise RuntimeError("boom")

    assert await apology(request, broken) == Answer(text=words.sorry(ENGLISH))
