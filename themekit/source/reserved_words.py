"""Words that cannot be names in the SDK languages, and words that names are chosen by."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NPM_TAKEN = _words(
    """assert buffer child_process cluster console constants crypto dgram dns domain events favicon.ico fs http http2
    https module net node_modules os path perf_hooks process punycode querystring readline repl stream string_decoder
    sys timers tls tty url util v8 vm worker_threads zlib"""
)
"""Node.js resolves these to itself, so a package of that name could never be imported."""

PYTHON_WORDS = _words(
    """False None True and as assert async await break class continue def del elif else except finally for from global
    if import in is lambda nonlocal not or pass raise return try while with yield"""
)
"""Source: Python 3, "Keywords"."""

JAVA_WORDS = _words(
    """_ abstract assert boolean break byte case catch char class const continue default do double else enum extends
    false final finally float for goto if implements import instanceof int interface long native new null package
    private protected public return short static strictfp super switch synchronized this throw throws transient true
    try void volatile while"""
)
"""Source: Java Language Specification, section 3.9, with the literals."""

GO_WORDS = _words(
    """break case chan const continue default defer else fallthrough for func go goto if import interface internal main
    map package range return select struct switch type var vendor"""
)
"""Source: Go specification, "Keywords"; and names that mean something to the go command."""

CLASS_WORDS = _words(
    """Any Array Boolean Class Client Date Error Exception False Function Integer List Long Map None Number Object
    Promise Record Set String Symbol System Thread True"""
)
"""A client class of this name would hide what every program in one of the languages uses."""

RESERVED_TYPE_WORDS = _words(
    """abstract any api array async bool boolean buffer byte bytes callable char class client constant date datetime
    decimal dict double dynamic enum error exception false field file float function generic go header headers http
    input int integer iterable iterator json list literal long map model module namespace never nil none null nullable
    number object option optional options output package page pages path promise record request response result retry
    self sequence set short stream string struct super symbol system task this thread time transport true tuple type
    undefined union unit unknown url uuid value void webhook webhooks"""
)
"""A type of this name alone would hide what a language, or the runtime of an SDK, uses itself."""

ACTION_WORDS = _words(
    """accept activate add append apply approve archive ask assign attach authorize cancel capture check clear clone
    close commit complete confirm convert copy deactivate decline delete deny detach disable disconnect dismiss
    download enable execute expire export extract fetch finalize find forward generate import invite join leave list
    lock login logout mark merge move notify pause ping publish query read rebuild redeem refresh refund register
    reject release reload remove rename renew reopen replace request rerun resend reset resolve restart restore resume
    retry revert revoke rotate run search send set share sign simulate start stop submit subscribe suspend sync
    synchronize test transfer trigger trim unarchive unassign unblock undo unlock unsubscribe update upgrade upload
    validate verify void"""
)
"""Verbs that paths end in, as in `/payments/{id}/cancel`: no noun to create, but what is done."""
