// On a system whose files have any spelling of their names, as macOS: what is
// decided by a path holds for every spelling.
import { linkSync } from "node:fs";
import { afterAll, expect, test } from "vitest";

const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
Object.defineProperty(process, "platform", { ...platform, value: "darwin" });
const { utf8 } = await import("../../../server/protocol/byte-string.js");
const { ask, inShort, routingOf, site } = await import("./site.js");
afterAll(() => void Object.defineProperty(process, "platform", platform));

test("a file in cgi-bin is a script, however the request spells the folder", () => {
  // Here each spelling is a folder of its own.
  using folder = site({ "cgi-bin/data": "secret", "CGI-BIN/data": "secret", "sub/Cgi-Bin/data": "secret" });
  const routing = routingOf(folder.root);
  const usual = inShort(ask(routing, "/cgi-bin/data"));
  expect(usual).not.toBe("static");
  for (const path of ["/CGI-BIN/data", "/sub/Cgi-Bin/data"]) expect(inShort(ask(routing, path))).toBe(usual);
});

const run = { run: "#!/bin/sh\n" };

test("a script has its handler, however the request spells its extension", () => {
  using folder = site({ "a.sh": "x", "a.SH": "x", "a.\u017fh": "x" }); // the long s, which folds to s
  const routing = routingOf(folder.root);
  for (const path of ["/a.sh", "/a.SH", "/a.\u017fh"])
    expect(ask(routing, path), path).toMatchObject({ kind: "script", interpreter: ["/interpreters/sh"] });
});

test("the file of passwords is not served by another name", () => {
  using folder = site({ users: "ann:x", "b.txt": "x" });
  linkSync(`${folder.root}/users`, `${folder.root}/a.txt`);
  const routing = routingOf(folder.root, { routes: [{ path: "/p/", auth: { realm: "r", htpasswd: "users" } }] });
  expect(["/users", "/a.txt", "/b.txt"].map((path) => inShort(ask(routing, path)))).toEqual(["403", "403", "static"]);
});

test("a route holds for every spelling of its path, in any case and with composed or decomposed letters", () => {
  using folder = site({ "uploads/x.cgi": run, "Uploads/x.cgi": run, "größe/a.txt": "x", "r/a.INC": "x" });
  const routing = routingOf(folder.root, {
    routes: [
      { path: "/uploads/", run: false },
      { path: "/größe/", deny: true, auth: { realm: "r", htpasswd: "users" } },
      { path: "/r/", deny: ["*.inc"] },
      { path: "/app/", file: "uploads/x.cgi" },
    ],
  });
  expect(inShort(ask(routing, "/Uploads/x.cgi"))).toBe("static");
  for (const path of ["/r/a.INC", "/R/a.Inc", "/GRÖßE/a.txt", "/gro\u0308ße", "/GRO\u0308SSE/a.txt"])
    expect(inShort(ask(routing, path)), path).toBe("403");
  for (const path of ["/größe", "/GRO\u0308SSE/a.txt"]) expect(routing.guards({ path: utf8(path) })).toHaveLength(1);
  expect(ask(routing, "/APP/Rest")).toMatchObject({ kind: "script", scriptName: "/app", pathInfo: "/Rest" });
  expect(inShort(ask(routing, "/appendix"))).toBe("404");
});
