"""The whole forum in one object, made from a seed, and the times that decide which tables hold what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from random import Random

from attrs import frozen
from scripts.demo.accounts import UPGRADED, Account, make_accounts
from scripts.demo.people import Person, PersonMaker
from scripts.demo.stories import RESERVED, listed_account, planted_applicants
from scripts.demo.talk import (
    Conversation,
    Post,
    Tie,
    Topic,
    make_conversations,
    make_ties,
    make_topics,
    write_posts,
)

__all__ = ["Forum", "carried_over", "invent", "seo_name"]

_ACCOUNTS, _APPLICANTS, _POSTS, _MESSAGES = 500, 300, 3000, 400


@frozen(kw_only=True)
class Forum:
    """Everything that happened on it."""

    accounts: Sequence[Account]
    topics: Sequence[Topic]
    posts: Sequence[Post]
    conversations: Sequence[Conversation]
    follows: Sequence[Tie]
    friends: Sequence[Tie]
    ignores: Sequence[Tie]
    likes: Sequence[tuple[Account, Post]]

    @property
    def kept(self) -> Iterator[Account]:
        """The accounts that survived the upgrade."""
        return (account for account in self.accounts if account.upgraded)

    @property
    def early(self) -> Iterator[Account]:
        """The accounts that the tables of before the upgrade know."""
        return (account for account in self.accounts if account.before_upgrade)


def invent(seed: int) -> tuple[Forum, list[tuple[str, Person]]]:
    """Invent the forum and the roster.

    Args:
        seed: The same seed gives the same of both.

    Returns:
        The forum, and applicants with their ids in the roster's order.
    """
    rng = Random(seed)
    maker = PersonMaker(rng)
    for name in RESERVED:
        maker.taken(name)
        maker.first_use(name)
    people = {n: maker.person(handles=3, phones=2, from_name=0.45) for n in range(1, _APPLICANTS + 1)}
    people |= planted_applicants(people)
    accounts = [listed_account(account) for account in make_accounts(rng, maker, _ACCOUNTS)]
    topics = make_topics(rng, accounts)
    posts = write_posts(rng, accounts, topics, _POSTS)
    early = [account for account in accounts if account.before_upgrade]
    forum = Forum(
        accounts=accounts,
        topics=topics,
        posts=posts,
        conversations=make_conversations(rng, accounts, _MESSAGES),
        follows=make_ties(rng, [a for a in accounts if a.upgraded], 450),
        friends=make_ties(rng, early, 240, until=UPGRADED),
        ignores=make_ties(rng, accounts, 60),
        likes=_likes(rng, accounts, posts, 500),
    )
    return forum, [(f"A-{number:03}", who) for number, who in sorted(people.items())]


def _likes(
    rng: Random, accounts: Sequence[Account], posts: Sequence[Post], count: int
) -> list[tuple[Account, Post]]:
    made: dict[tuple[int, int], tuple[Account, Post]] = {}
    weights = [account.weight for account in accounts]
    while len(made) < count:
        who, post = rng.choices(accounts, weights)[0], rng.choice(posts)
        kept = who.upgraded and post.author.upgraded
        if kept and post.at >= UPGRADED and who.id != post.author.id and who.joined < post.at < who.seen:
            made.setdefault((who.id, post.id), (who, post))
    return list(made.values())


def carried_over(number: int, at: int, *, every: int) -> bool:
    """Whether the tables of today hold something: all that is newer than the upgrade, and some of the old.

    Args:
        number: Its number.
        at: When it was written.
        every: Of what is older, one in so many came across.
    """
    return at >= UPGRADED or number % every == 0


def seo_name(name: str) -> str:
    """A name as the software puts it into addresses of pages."""
    return "-".join("".join(c if c.isalnum() else " " for c in escape(name).lower()).split())
