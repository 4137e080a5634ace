#!/bin/sh
cat <<'END'
Content-Type: text/plain; charset=utf-8
Set-Cookie: name=J%C3%BCrgen; Path=/; Expires=Fri, 20-Nov-2026 12:00:00 GMT; HttpOnly; SameSite=Lax
Set-Cookie: old=; Max-Age=0

hello
END
