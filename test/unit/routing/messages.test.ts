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
])("%#", ({ text }, sentence) => expect(text).toBe(sentence));
