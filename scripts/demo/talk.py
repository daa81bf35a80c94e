"""What the accounts say and to whom: topics, posts, quotes, private messages, follows, friends, ignores."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from attrs import evolve, frozen
from scripts.demo.accounts import CLOSED, OPENED, UPGRADED, VPN, Account, pick_ip
from scripts.demo.words import TITLES, message_text, post_text, welcome_text

__all__ = ["WELCOME", "Conversation", "Message", "Post", "Tie", "Topic", "make_conversations", "make_ties",
           "make_topics", "write_posts"]  # fmt: skip

WELCOME = 3  # the number of the thread in which everybody introduces themselves: a hub
_TOPICS = 70
_DAY = 86_400


@frozen(kw_only=True)
class Topic:
    """A thread."""

    id: int
    title: str
    starter: Account
    at: int
    circle: int


@frozen(kw_only=True)
class Post:
    """A post in a thread, perhaps with a quotation of an earlier one and a mention of somebody."""

    id: int
    topic: int
    author: Account
    at: int
    ip: str
    text: str
    quoted: Post | None = None
    mentioned: Account | None = None
    opens: bool = False


@frozen(kw_only=True)
class Message:
    """A private message."""

    author: Account
    at: int
    text: str


@frozen(kw_only=True)
class Conversation:
    """Private messages between two accounts or a few."""

    id: int
    title: str
    starter: Account
    others: tuple[Account, ...]
    messages: tuple[Message, ...]


@frozen(kw_only=True)
class Tie:
    """One account's follow, friendship or ignore of another."""

    owner: Account
    other: Account
    at: int


def make_topics(rng: Random, accounts: Sequence[Account]) -> list[Topic]:
    """Make the threads in the order they began; the hub has its fixed number."""
    starts = sorted(rng.randrange(OPENED + 20 * _DAY, CLOSED - 90 * _DAY) for _ in range(_TOPICS))
    topics = []
    for number, at in enumerate(starts, start=1):
        alive = [account for account in accounts if account.joined <= at < account.seen] or [accounts[0]]
        starter = rng.choices(alive, [account.weight for account in alive])[0]
        title = f"{TITLES[number % len(TITLES)]}" + (f" ({number})" if number > len(TITLES) else "")
        topics.append(Topic(id=number, title=title, starter=starter, at=at, circle=starter.circle))
    hub = evolve(
        topics[WELCOME - 1],
        title="Welcome! Introduce yourself here",
        starter=accounts[0],
        at=OPENED,
        circle=-1,
    )
    return [hub if topic.id == WELCOME else topic for topic in topics]


def write_posts(rng: Random, accounts: Sequence[Account], topics: Sequence[Topic], count: int) -> list[Post]:
    """Write about so many posts, numbered in the order of time."""
    drafts: list[tuple[int, int, Account, bool]] = [
        (topic.at, topic.id, topic.starter, True) for topic in topics
    ]
    for account in accounts:
        if rng.random() < 0.92 and account.id != accounts[0].id:
            at = min(account.seen, account.joined + rng.randrange(600, 3 * _DAY))
            drafts.append((at, WELCOME, account, False))
    weights = [account.weight for account in accounts]
    while len(drafts) < count:
        author = rng.choices(accounts, weights)[0]
        near = [t for t in topics if t.circle == author.circle and t.at < author.seen]
        fitting = near if near and rng.random() < 0.7 else [t for t in topics if t.at < author.seen]
        topic = rng.choice([t for t in fitting if t.id != WELCOME] or [topics[WELCOME - 1]])
        start = max(topic.at, author.joined)
        drafts.append((start + int((author.seen - start) * rng.random() ** 2), topic.id, author, False))
    drafts.sort(key=lambda draft: (draft[0], draft[1], draft[2].id))
    posts: list[Post] = []
    last: dict[int, list[Post]] = {}
    for number, (at, topic_id, author, opens) in enumerate(drafts, start=1):
        before = [p for p in last.get(topic_id, [])[-6:] if p.author.id != author.id]
        quoted = rng.choice(before) if before and topic_id != WELCOME and rng.random() < 0.25 else None
        mentioned = rng.choice(before).author if before and rng.random() < 0.05 else None
        post = Post(
            id=number,
            topic=topic_id,
            author=author,
            at=at,
            ip=_ip(rng, author),
            text=welcome_text(rng) if topic_id == WELCOME else post_text(rng),
            quoted=quoted,
            mentioned=mentioned,
            opens=opens,
        )
        posts.append(post)
        last.setdefault(topic_id, []).append(post)
    return posts


def _ip(rng: Random, author: Account) -> str:
    throw = rng.random()
    return author.ip if throw < 0.85 else VPN if throw < 0.9 else pick_ip(rng)


def _partner(rng: Random, accounts: Sequence[Account], one: Account) -> Account | None:
    """Somebody whose time on the forum overlaps, mostly of the same circle."""
    alive = [a for a in accounts if a.id != one.id and a.joined < one.seen and one.joined < a.seen]
    near = [a for a in alive if a.circle == one.circle]
    chosen = near if near and rng.random() < 0.75 else alive
    return rng.choices(chosen, [a.weight for a in chosen])[0] if chosen else None


def make_conversations(rng: Random, accounts: Sequence[Account], messages: int) -> list[Conversation]:
    """Make conversations until there are so many messages, numbered in the order of time."""
    weights = [account.weight for account in accounts]
    made: list[tuple[int, Account, tuple[Account, ...], tuple[Message, ...]]] = []
    written = 0
    while written < messages:
        starter = rng.choices(accounts, weights)[0]
        wanted = 1 if rng.random() < 0.88 else rng.randrange(2, 5)
        found = {p.id: p for p in (_partner(rng, accounts, starter) for _ in range(wanted)) if p}
        others = tuple(found.values())
        start = max(account.joined for account in (starter, *others))
        end = min(account.seen for account in (starter, *others))
        if not others or start + _DAY >= end:
            continue
        at = rng.randrange(start, end - 3600)
        talk = [Message(author=starter, at=at, text=message_text(rng))]
        while rng.random() < 0.6:
            at = min(end, at + int(rng.expovariate(1 / 40_000)) + 60)
            talk.append(Message(author=rng.choice((starter, *others)), at=at, text=message_text(rng)))
        written += len(talk)
        made.append((talk[0].at, starter, others, tuple(talk)))
    made.sort(key=lambda one: (one[0], one[1].id))
    return [
        Conversation(id=number, title=rng.choice(TITLES), starter=starter, others=others, messages=talk)
        for number, (_, starter, others, talk) in enumerate(made, start=1)
    ]


def make_ties(rng: Random, accounts: Sequence[Account], count: int, *, until: int = CLOSED) -> list[Tie]:
    """Make ties from one account to another, none twice, all before a moment."""
    weights = [account.weight for account in accounts]
    made: dict[tuple[int, int], Tie] = {}
    while len(made) < count:
        owner = rng.choices(accounts, weights)[0]
        other = _partner(rng, accounts, owner)
        start = max(owner.joined, other.joined) if other else until
        end = min(owner.seen, until)
        if other and start < end and (until > UPGRADED or other.before_upgrade):
            made.setdefault((owner.id, other.id), Tie(owner=owner, other=other, at=rng.randrange(start, end)))
    return sorted(made.values(), key=lambda tie: (tie.at, tie.owner.id, tie.other.id))
