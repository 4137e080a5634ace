#!/usr/bin/env python3
# A login: the name is "ada", the password "engine".
#
# HTTP forgets. A cookie is how a client is known again: the server hands out
# a value nobody can guess, the client sends it back with each request, and
# the script looks up whose it is. Nothing else is in it, so there is nothing
# in it to forge.
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

MAX_BODY_BYTES = 4096
SESSION_SECONDS = 30 * 60
SESSIONS = Path(__file__).resolve().parent.parent / ".data" / "sessions"  # names with a dot are never served

# A password is never stored, only what it becomes. To make one for "secret":
#   python3 -c 'import hashlib; print(hashlib.pbkdf2_hmac("sha256", b"secret", b"a salt of its own", 200_000).hex())'
ROUNDS = 200_000
USERS = {"ada": ("difference-1843", "4445f9324944f19d299d7407b4c9516c639d51f37ec1b3c47055ad74f7cfdd88")}

sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def main() -> None:
    method = os.environ.get("REQUEST_METHOD", "GET")
    if method in ("GET", "HEAD"):
        show_page(user_of(session_id()))
    elif method == "POST":
        fields = form()
        if fields.get("action") == "out":
            log_out()
        else:
            log_in(fields.get("name", ""), fields.get("password", ""))
    else:
        respond("405 Method Not Allowed", ["Allow: GET, HEAD, POST"], "This page knows GET and POST.")


def log_in(name: str, password: str) -> None:
    # Unknown names take as long as known ones and get the same words: neither
    # tells an outsider which names there are.
    salt, wanted = USERS.get(name, ("nobody", "00" * 32))
    made = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), ROUNDS).hex()
    if not hmac.compare_digest(made, wanted):  # compares in constant time
        return show_page(None, "That is not right.", "403 Forbidden")
    forget(session_id())  # a fresh one at each login: an id that somebody slipped in before is worth nothing
    fresh = secrets.token_urlsafe(32)
    SESSIONS.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(file_of(fresh), "x", encoding="utf-8") as file:
        json.dump({"user": name, "until": time.time() + SESSION_SECONDS}, file)
    see_other(cookie(fresh, SESSION_SECONDS))


def log_out() -> None:
    forget(session_id())
    see_other(cookie("", 0))


def cookie(value: str, seconds: int) -> str:
    # HttpOnly: scripts in the page cannot read it. SameSite=Lax: other sites'
    # forms cannot use it. Path: for this script alone. Over HTTPS, add ";
    # Secure", so that it never travels in the clear.
    return f"Set-Cookie: session={value}; Max-Age={seconds}; Path={os.environ['SCRIPT_NAME']}; HttpOnly; SameSite=Lax"


def session_id() -> str:
    for pair in os.environ.get("HTTP_COOKIE", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == "session":
            return value
    return ""


def file_of(session: str) -> Path:
    # The digest: whatever was sent becomes a harmless file name, and a thief
    # of the files has no cookie yet.
    return SESSIONS / hashlib.sha256(os.fsencode(session)).hexdigest()


def user_of(session: str):
    if not session or not file_of(session).exists():
        return None
    stored = json.loads(file_of(session).read_text(encoding="utf-8"))
    return stored["user"] if stored["until"] > time.time() else None


def forget(session: str) -> None:
    if session:
        file_of(session).unlink(missing_ok=True)


def form() -> dict:
    length = os.environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY_BYTES:
        return {}
    body = sys.stdin.buffer.read(int(length)).decode("utf-8", "replace")
    return {name: values[0] for name, values in parse_qs(body, errors="replace").items()}


def see_other(*headers: str) -> None:
    scheme = "https" if os.environ.get("HTTPS") == "on" else "http"
    url = f"{scheme}://{os.environ['SERVER_NAME']}:{os.environ['SERVER_PORT']}{os.environ['SCRIPT_NAME']}"
    respond("303 See Other", [f"Location: {url}", *headers], "See the page.")


def show_page(user, why: str = "", status: str = "200 OK") -> None:
    inside = (
        f"""<p>You are {escape(user)}. <button name="action" value="out">Log out</button></p>"""
        if user
        else """<p><label>Name <input name="name" required autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" required autocomplete="current-password"></label></p>
<p><button name="action" value="in">Log in</button></p>"""
    )
    respond(
        status,
        ["Cache-Control: no-store"],  # a page about somebody belongs into no cache
        f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Login</title>
<h1>{f"Hello, {escape(user)}" if user else "Who are you?"}</h1>
<p role="alert">{escape(why)}</p>
<form method="post" action="{escape(os.environ.get("SCRIPT_NAME", ""))}">
{inside}
</form>""",
        "text/html",
    )


def respond(status: str, headers: list, text: str, kind: str = "text/plain") -> None:
    for line in (f"Status: {status}", f"Content-Type: {kind}; charset=utf-8", *headers):
        print(line)
    print()
    print(text)


main()
