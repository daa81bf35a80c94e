"""Harmless sentences for posts and messages: a forum's small talk, varied enough not to repeat itself."""

from __future__ import annotations

from random import Random

__all__ = ["TITLES", "message_text", "post_text", "welcome_text"]

TITLES = (
    "House rules, please read", "What are you listening to?", "Best boots for wet ground", "Autumn meet-up",
    "Photographs of old bridges", "Which radio do you use?", "The book thread", "Bread, again",
    "Lost and found", "Forum problems and wishes", "Sunday walks", "Coins you have found", "Motorbike talk",
    "Allotment diary", "Local history questions", "Who can lend a trailer?", "Chess by post", "Off topic",
    "It's raining; post your view", "Tools you'd never lend",
)  # fmt: skip
_OPENINGS = (
    "Agreed.", "Not so sure about that.", "I'd say it depends on the weather.", "Thanks for posting this.",
    "Good to hear from you.", "Haven't tried it myself.", "That's how my grandfather did it.", "Ha, well put.",
    "Could somebody check the date?", "Count me in.", "Can't make it this time.", "First I've heard of it.",
    "Don't believe all you read.", "Late to this one.", "Worth a look.", "Same here.", "Quick question:",
)  # fmt: skip
_SUBJECTS = (
    "the bridge", "my old radio", "the second map", "the left boot", "that recipe", "the trailer", "the minibus",
    "the hall", "the new camera", "the printed list", "a spare tent", "the car park", "the allotment gate",
    "the chess clock", "the banner photo", "the login page", "the north path", "the big kettle",
)  # fmt: skip
_VERBS = (
    "needs a proper clean", "won't start in the cold", "was better last year", "is on page 4 of this thread",
    "went missing again", "cost me twenty quid", "came back in one piece", "looks fine from here",
    "isn't worth the money", "arrived on Tuesday", "should be ready by the weekend", "has seen better days",
    "is with the usual people", "could do with new batteries", "turned up behind the shed",
)  # fmt: skip
_CLOSINGS = (
    "", "", "", "See you there.", "Cheers.", "Let me know.", "More when I'm home.", "\U0001f44d", "As ever.",
    "PM me.", "Anyone?", "No rush.", "Mind the step.", "\U0001f327\ufe0f", "Photos to follow.",
)  # fmt: skip
_GREETINGS = (
    "Hello everyone", "Hi all", "Evening all", "New here", "Finally registered", "Long-time reader",
    "Morning", "Greetings", "Hallo zusammen", "Привет всем", "Helo bawb", "Cześć",
)  # fmt: skip
_WELCOMES = (
    "a friend told me about this place", "found this through a search for old maps", "here for the walks",
    "mostly here to read", "I was on the old board years ago", "back after a long break",
    "looking for people near me", "not much to say yet", "bear with me while I find my way round",
)  # fmt: skip
_MESSAGES = (
    "Are you going on Saturday?", "Did you get my last message?", "Could you move my thread, please?",
    "Is the trailer still for sale?", "I can give you a lift.", "Can't talk now, tomorrow.", "Yes, that's fine.",
    "What time is it starting?", "Sorry, I've only just seen this.", "Who else is coming?", "Thanks again.",
    "I'll bring the flask.", "Send me the list when it's done.", "The address is the same as last year.",
    "No problem at all.", "You were right about the boots.",
)  # fmt: skip


def post_text(rng: Random) -> str:
    """A post of two or three sentences."""
    subject = rng.choice(_SUBJECTS)
    core = f"{subject[0].upper()}{subject[1:]} {rng.choice(_VERBS)}."
    return " ".join(part for part in (rng.choice(_OPENINGS), core, rng.choice(_CLOSINGS)) if part)


def welcome_text(rng: Random) -> str:
    """A first post in the thread where people introduce themselves."""
    return f"{rng.choice(_GREETINGS)}, {rng.choice(_WELCOMES)}."


def message_text(rng: Random) -> str:
    """A private message."""
    return " ".join(rng.sample(_MESSAGES, rng.choice((1, 1, 2))))
