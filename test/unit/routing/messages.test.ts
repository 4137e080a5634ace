// What the messages about routes say.
import { expect, test } from "vitest";
import { handlerReason, routeMessage } from "../../../server/routing/messages.js";

test.each([
  [routeMessage("not-found", { path: "/x.py" }), "/x.py does not exist"],
  [
    routeMessage("broken-link", { path: "/gone", target: "nowhere" }),
    "/gone is a link to nowhere, which does not exist",
  ],
  [
    routeMessage("no-index", { path: "/shop/", names: ["index.html", "index.cgi"] }),
    "the folder /shop/ has no index file: looked for index.html, index.cgi",
  ],
  [
    routeMessage("routed-file-unusable", {
      route: "/a/",
      file: "/no/such/program",
      problem: "not-found",
      target: null,
      errno: null,
    }),
    "the route /a/ names the file /no/such/program, which does not exist",
  ],
  [
    routeMessage("interpreter-missing", {
      path: "/plain.py",
      because: handlerReason("not-executable-no-shebang"),
      program: "python3",
    }),
    "/plain.py needs an interpreter, since the file is not executable and has no shebang line; python3 was not found along PATH",
  ],
  [
    routeMessage("no-agent", { path: "/x.py", mode: "persistent", from: "first-line", language: null }),
    'The mode "persistent" runs Python, Perl and Ruby scripts, and the first line of /x.py does not name python3, perl or ruby. Choose the mode "cgi".',
  ],
  [
    routeMessage("no-agent", { path: "/x.sh", mode: "wsgi", from: "handler", language: null }),
    'The mode "wsgi" runs Python applications, and the handler of /x.sh does not name python3. Choose the mode "cgi".',
  ],
  [
    routeMessage("no-agent", { path: "/x.pl", mode: "wsgi", from: "handler", language: "perl" }),
    'The mode "wsgi" runs Python applications, and the handler of /x.pl does not name python3. Choose the mode "cgi" for a script, "psgi" for an application.',
  ],
  [
    routeMessage("switch-refused", { path: "/x.py", mode: "wsgi", from: "first-line", switch: "-m" }),
    'The mode "wsgi" cannot run /x.py with "-m", which its first line gives the interpreter. Remove it there.',
  ],
])("%#", ({ text }, sentence) => expect(text).toBe(sentence));
