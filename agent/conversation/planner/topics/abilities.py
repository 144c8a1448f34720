"""The bot itself: what it does not do, what comes from it unasked and when, and which version it is."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.surroundings import Surroundings

_LIMITS = re.compile(
    r"^\W*(?:and |so |ok )*(?:what (?:can(?:'t|not)|can you not|are you (?:not able|unable) to|don't"
    "|won't)(?: you)?(?: do| help(?: me)? with| answer| know)?(?: for me)?|what (?:are|is) your (?:limits?"
    r"|limitations?)|what don't you (?:do|know)|is there anything you can't(?: do)?|do you have (?:any )?limit\w*)\W*$"
)
_ALONE = re.compile(
    r"^\W*(?:can|could|do|will|would|are) you (?:able to |allowed to |going to )?(?:automatically |really |actually "
    "|just )?(?P<what>change|set|update|order|move|transfer|mark down|approve|delete|fix|edit|write|buy|do (?:it|that"
    r"|things|changes))\b.{0,40}\b(?:your ?self|on your own|by yourself|alone|automatically|without (?:me|asking"
    r"|approval|us|anyone))\b|^\W*(?:can|could|do) you (?:automatically )?(?:change|set|update) (?:the |our "
    r"|any )?(?:prices?|stock|orders?|shifts?)(?: automatically| directly)?\W*$"
)
_SEES = re.compile(
    r"^\W*(?:what|which) (?:stores?|data|numbers|figures) (?:can|do) you (?:see|have|know|use|access)\W*$"
    r"|^\W*where (?:do|does) (?:you|your|the) (?:get |data |figures |numbers )*(?:come )?from\W*$"
)
_PLEASE = (
    r"^\W*(?:please |can you |could you |how (?:do|can) (?:i|we|you) |i (?:want|would like|need) (?:you )?to |just "
    r"|no more |(?:can|may) i )*"
)
_BRIEFING = r"(?:briefings?|(?:daily |morning |store |the |my |our )brief|digests?)"
_UNASKED = (
    rf"(?:{_BRIEFING}|notifications?|alerts?"
    r"|(?:daily|morning|weekly) (?:summar(?:y|ies)|reports?|updates?|messages?|emails?))"
)
_SWITCHED = re.compile(
    rf"{_PLEASE}(?:stop|turn (?:off|on)|switch (?:off|on)|mute|unmute|pause|disable|enable|cancel|snooze|silence|resume"
    rf"|unsubscribe)\b(?: sending| posting| getting| receiving)?(?: (?:me|us|from|the|my|our|your|all|these|those|any"
    rf"|daily|morning|monday|weekly|store|stock|low|sales|push|slack))* {_UNASKED}(?: (?:for|about|on|from|to|in|at) .*"
    rf"| please| now)?\W*$|{_PLEASE}(?:stop|quit) (?:alerting|notifying|pinging|messaging|texting|e-?mailing)\b"
    rf"|^\W*(?:please )?no more (?:\w+ )?{_UNASKED}(?: please)?\W*$"
    rf"|{_PLEASE}(?:(?:change|move|set|schedule|reschedule)(?: (?:the|my|our|your))?(?: time of(?: the)?)?"
    rf" (?:daily |morning |monday )?(?:{_BRIEFING}|brief|notifications?)(?: time)?"
    rf"|(?:send|post)(?: me| us)?(?: (?:the|my|our|your))? (?:daily |morning |monday )?(?:{_BRIEFING}|brief)"
    r"(?= (?:at|by|every|earlier|later)))(?: (?:to|at|for|by|earlier|later|every) ?.*)?\W*$"
)
_WATCHED = re.compile(
    rf"{_PLEASE}(?:(?:alert|notify|ping|warn|text|message|e-?mail) (?:me|us|the \w+)|let (?:me|us) know)"
    r" (?:when(?:ever)?|if|once|as soon as|every time|before)\b(?<!know if)"
    rf"|{_PLEASE}(?:set|create|add|configure)(?: up)? (?:an? |some |the )?(?:\w+ ){{0,2}}(?:alerts?|notifications?)"
    r"\b(?! (?:for|to) (?:the )?(?:team|staff))"
)
_SCHEDULED = re.compile(
    rf"{_PLEASE}(?:schedule|automate|subscribe(?: me| us)? to|set up|arrange|program)(?: (?!tasks?\b|shifts?\b|promo\w*"
    r"|alerts?\b)[\w'&-]+){0,5}? (?:reports?|summar(?:y|ies)|digests?|e-?mails?|exports?|recaps?|updates?"
    r"|dashboards?)\b"
    r"(?: (?:for|to|every|each|on|at|by|daily|weekly|monthly|in|next|go|be|sent)\b.*)?\W*$"
)
_WHEN_IT_COMES = re.compile(
    rf"^\W*(?:when|(?:at )?what time|where|how often) (?:do|does|will|is|are) (?:i get |we get |you (?:send|post) )?"
    rf"(?:the |my |our |your )?(?:daily |morning |monday )?(?:{_BRIEFING}|brief)\b"
)
_VERSION = re.compile(
    r"\b(?:what|which) version\b.*\b(?:am i|are we|are you|is (?:this|it|floorwalker)|do (?:i|we)|of (?:floorwalker|you"
    r"|this|the (?:bot|app)))\b|^\W*(?:your |floorwalker )?version\W*$"
)
COMES = (
    "A briefing of each store comes to its channel by itself every morning, at six on the store's clock unless who "
    "runs me has set another time, and a digest of the week on Mondays."
)
SWITCHED = (
    f"I cannot switch that on or off from here, and nothing was changed. {COMES} Mute the channel in Slack, or ask who "
    "runs me to change the time. Ask “brief me” or “what needs my attention?” whenever you want it."
)
WATCHED = (
    "I watch nothing between questions and send no alerts, and nothing was set up. What stands out of a store comes "
    "with its briefing in the morning; “what will run out soon?” and “what needs my attention?” can be asked any time."
)
SCHEDULED = (
    f"I send no reports on a schedule of yours, and nothing was set up. {COMES} Ask for one any time: “sales summary "
    "last week”, “brief me”."
)
VERSION = (
    "I am floorwalker. Which version of me runs, who runs me can tell; which version or plan of the point of sale you "
    "are on is kept there. Neither is in the data I am given."
)
LIMITS = (
    "What I do not do: I change nothing by myself (I file proposals that somebody approves), I show only stores that "
    "you may see, and I give out nothing about single customers or colleagues. Not in the data I am given are expiry "
    "dates, pickup orders, audits, competitors and people's schedules beyond their shifts. I do no more than "
    "arithmetic about days to come, and I cannot send messages for you. What I can do: ask “help”."
)
ALONE = (
    "No. I only file a proposal: it stands on a card with what it would change, and nothing happens until somebody "
    "with the right to approve it presses the button. Then it is written once, read back and recorded, and most "
    "changes can be undone."
)
SEES = (
    "I answer from a copy of the stores' point-of-sale data, for the stores that you may see; every answer says as of "
    "when. Ask “my stores” for the list, “how fresh is the data” for its age."
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001  all topics are called alike
    """The reply to a question about the bot itself; None for every other."""
    whole = Reading.of(text).text
    sentences = (
        (_LIMITS, LIMITS), (_ALONE, ALONE), (_SEES, SEES), (_SWITCHED, SWITCHED), (_WATCHED, WATCHED),
        (_SCHEDULED, SCHEDULED),
        (_VERSION, VERSION), (_WHEN_IT_COMES, COMES),
    )  # fmt: skip
    for pattern, sentence in sentences:
        if pattern.search(whole.strip()):
            return Plan(text=sentence)
    return None
