// Routes of the configuration: which paths they match, which meta-variables their
// scripts get, and what this version refuses.
import { expect, test, vi } from "vitest";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { isWorkspacePath } from "../../../server/routing/variables.js";
import { coded } from "../../support/coded.js";
import { ask, inShort, routingOf, site } from "./site.js";

const run = { run: "#!/bin/sh\n" };

test("a file's route: SCRIPT_NAME is its path without the final slash, PATH_INFO the rest", () => {
  using folder = site({ "app.cgi": run, "app/inside.txt": "x" });
  const routes = routingOf(folder.root, { routes: [{ path: "/app/", file: "app.cgi" }] });
  expect(ask(routes, "/app")).toMatchObject({ scriptName: "/app", pathInfo: "", file: `${folder.root}/app.cgi` });
  expect(ask(routes, "/app/")).toMatchObject({ scriptName: "/app", pathInfo: "/" });
  expect(ask(routes, "/app/a.git/.x")).toMatchObject({ scriptName: "/app", pathInfo: "/a.git/.x" });
  expect(ask(routes, "/app/a.git/.x")).toMatchObject({ scriptName: "/app", pathInfo: "/a.git/.x" });
  expect(inShort(ask(routes, "/application"))).toBe("404");
});

test("a route at / takes everything: SCRIPT_NAME is empty", () => {
  using folder = site({ "app.py": "x", "index.html": "x" });
  const routes = routingOf(folder.root, { routes: [{ path: "/", file: "app.py" }] });
  expect(ask(routes, "/")).toMatchObject({
    scriptName: "",
    pathInfo: "/",
    handlerBecause: coded("not-executable-no-shebang"),
  });
  expect(ask(routes, "/index.html/x")).toMatchObject({ scriptName: "", pathInfo: "/index.html/x" });
});

test("the longest matching path wins, whatever the order", () => {
  using folder = site({ "a.cgi": run, "b.cgi": run, "c/x.txt": "x" });
  const routes = routingOf(folder.root, {
    routes: [
      { path: "/r", file: "a.cgi" },
      { path: "/r/s/", file: "b.cgi" },
      { path: "/r/s/t/", dir: "c" },
    ],
  });
  expect(ask(routes, "/r/x")).toMatchObject({ scriptName: "/r", file: `${folder.root}/a.cgi` });
  expect(ask(routes, "/r/sx")).toMatchObject({ scriptName: "/r", pathInfo: "/sx" });
  expect(ask(routes, "/r/s/x")).toMatchObject({ scriptName: "/r/s", file: `${folder.root}/b.cgi` });
  expect(ask(routes, "/r/s/t/x.txt")).toMatchObject({ kind: "static", file: `${folder.root}/c/x.txt` });
});

test("a folder outside of the workspace is treated like the workspace: scripts, indexes, and what is never served", () => {
  using outside = site({
    "index.cgi": run,
    "page.txt": "x",
    ".secret": "x",
    "s/a.py": "x",
    "link.txt": { link: "/etc/passwd" },
  });
  using folder = site({ "docs/hidden-by-the-route.txt": "x" });
  const routes = routingOf(folder.root, { routes: [{ path: "/docs/", dir: outside.root, variables: { A: "1" } }] });
  expect(inShort(ask(routes, "/docs"))).toBe("301 /docs/");
  expect(ask(routes, "/docs/")).toMatchObject({
    kind: "script",
    scriptName: "/docs/index.cgi",
    file: `${outside.root}/index.cgi`,
    documentRoot: folder.root,
  });
  expect(inShort(ask(routes, "/docs/page.txt"))).toBe("static");
  expect(inShort(ask(routes, "/docs/hidden-by-the-route.txt"))).toBe("404");
  expect(inShort(ask(routes, "/docs/.secret"))).toBe("403");
  expect(inShort(ask(routes, "/docs/link.txt"))).toBe("403");
  expect(ask(routes, "/docs/s/a.py/p")).toMatchObject({ pathInfo: "/p", variables: new Map([[utf8("A"), utf8("1")]]) });
});

test("cgi-bin as a route's path makes its files scripts", () => {
  using outside = site({ plain: "x" });
  using folder = site({ "x/": "" });
  expect(
    inShort(ask(routingOf(folder.root, { routes: [{ path: "/cgi-bin/", dir: outside.root }] }), "/cgi-bin/plain")),
  ).toBe("run");
});

test("a request to a route whose file does not exist, or is a folder, names the route and the file", () => {
  using folder = site({ "x/": "" });
  const routes = routingOf(folder.root, {
    routes: [
      { path: "/a/", file: "/no/such/program" },
      { path: "/b/", file: "x" },
    ],
  });
  expect(ask(routes, "/a/")).toMatchObject({
    status: 500,
    why: coded("routed-file-unusable", {
      route: "/a/",
      file: "/no/such/program",
      problem: "not-found",
    }),
  });
  expect(ask(routes, "/b/")).toMatchObject({
    status: 500,
    why: coded("routed-file-unusable", { route: "/b/", file: `${folder.root}/x`, problem: "not-a-file" }),
  });
});

test("variables: the script's own win over the route's, and those over everybody's", () => {
  using folder = site({ "s/a.py": "x", "s/b.py": "x" });
  const routes = routingOf(folder.root, {
    variables: { A: "all", B: "all", C: "all" },
    routes: [{ path: "/s/", variables: { B: "route", C: "route" }, passAuthorization: true }],
    scripts: { "s/a.py": { variables: { C: "größer" }, passAuthorization: false } },
  });
  const a = ask(routes, "/s/a.py");
  expect(a.kind === "script" && Object.fromEntries(a.variables)).toEqual({ A: "all", B: "route", C: utf8("größer") });
  expect(a).toMatchObject({ passAuthorization: false });
  expect(ask(routes, "/s/b.py")).toMatchObject({ passAuthorization: true });
});

test.each([
  ["GIT_PROJECT_ROOT", "repos", true],
  ["ANY", "./repos", true],
  ["ANY", "../beside", true],
  ["ANY", ".", true],
  ["ANY", "..", true],
  ["ANY", "repos", false],
  ["ANY", "...", false],
  ["ANY", ".hidden", false],
  ["GIT_PROJECT_ROOT", "/srv/git", false],
  ["SITE_ROOT", "http://shop.test/", false],
  ["SITE_ROOT", "", false],
  ["ROOT", "repos", false],
])("whether a variable's value is a path in the workspace: %s=%s → %s", (name, value, expected) => {
  expect(isWorkspacePath(name, value)).toBe(expected);
});

test("a file in an external mode without an address is routed to a runner that says what the mode needs", () => {
  using folder = site({ "a.py": run });
  const routes = routingOf(folder.root, { scripts: { "a.py": { mode: "fastcgi-external" } } });
  expect(ask(routes, "/a.py")).toMatchObject({ kind: "script", mode: "fastcgi-external", external: null });
});

test("a guard holds for its path and everything below, other routes too; the innermost asks", () => {
  using folder = site({ "private/a.txt": "x", "app.cgi": run });
  const routes = routingOf(folder.root, {
    routes: [
      { path: "/private/", auth: { realm: "Staff", htpasswd: ".htpasswd" } },
      { path: "/private/app/", file: "app.cgi" },
      { path: "/private/app/inner/", auth: { realm: "Inner", htpasswd: "/etc/inner" } },
    ],
  });
  const realms = (path: string) => routes.guards({ path: byteString(path) }).map(({ realm }) => realm);
  for (const path of ["/private", "/private/", "/private/a.txt", "/private/app/x"])
    expect(realms(path)).toEqual(["Staff"]);
  expect([realms("/private/app/inner"), realms("/private/app/inner/x")]).toEqual([["Inner"], ["Inner"]]);
  expect([realms("/private.txt"), realms("/"), realms("/Private")]).toEqual([[], [], []]);
  expect(routes.guards({ path: byteString("/private") })).toEqual([
    { path: "/private/", realm: "Staff", file: `${folder.root}/.htpasswd`, fileName: ".htpasswd" },
  ]);
});

test("who reaches a file by another way passes the guards of both", () => {
  using folder = site({
    "page.txt": "x",
    "admin/secret.txt": "x",
    "admin/run.cgi": run,
    "team/index.html": { link: "../admin/secret.txt" },
    "team/a.dat": "x",
    "team/plain.txt": { link: "../page.txt" },
    "link.txt": { link: "admin/secret.txt" },
    shortcut: { link: "admin" },
  });
  const auth = (realm: string) => ({ realm, htpasswd: `.${realm}` });
  const routes = routingOf(folder.root, {
    handlers: { ".dat": { action: "/admin/run.cgi" } },
    routes: [
      { path: "/", auth: auth("all") },
      { path: "/admin/", auth: auth("admins") },
      { path: "/team/", auth: auth("team") },
    ],
  });
  const realms = (path: string) => routes.guards({ path: byteString(path) }).map(({ realm }) => realm);
  expect(realms("/page.txt")).toEqual(["all"]);
  for (const path of ["/link.txt", "/shortcut/secret.txt", "/shortcut", "/shortcut/nothing/at/all"])
    expect([path, realms(path)]).toEqual([path, ["admins"]]);
  for (const path of ["/team/", "/team/index.html", "/team/a.dat"])
    expect([path, realms(path).toSorted()]).toEqual([path, ["admins", "team"]]);
  expect(realms("/team/plain.txt")).toEqual(["team"]);
});

test("a file of passwords is never served, through a link neither", () => {
  using folder = site({ "users.txt": "a:b", "link.txt": { link: "users.txt" }, "other.txt": "x" });
  const routes = routingOf(folder.root, {
    routes: [{ path: "/private/", auth: { realm: "Staff", htpasswd: "users.txt" } }],
  });
  for (const path of ["/users.txt", "/link.txt"])
    expect(ask(routes, path)).toMatchObject({ kind: "none", status: 403, why: coded("password-file") });
  expect(inShort(ask(routes, "/other.txt"))).toBe("static");
});

test("the configuration is never served, whatever its name, through a link neither", () => {
  using folder = site({ "open.json": "{}", "link.json": { link: "open.json" }, "other.json": "{}" });
  const routes = routingOf(folder.root, {}, { configFile: `${folder.root}/open.json` });
  for (const path of ["/open.json", "/link.json"])
    expect(ask(routes, path)).toMatchObject({ kind: "none", status: 403, why: coded("configuration-file") });
  expect(inShort(ask(routes, "/other.json"))).toBe("static");
});

test("what a route says of a script does not follow the script out of the route", () => {
  using folder = site({ "x.py": "x" });
  const routes = routingOf(folder.root, {
    routes: [{ path: "/x.py/admin/", passAuthorization: true, variables: { A: "1" } }],
  });
  // So that the file counts as settled, and is remembered.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 1000 });
  const facts = (path: string) => {
    const route = ask(routes, path);
    return route.kind === "script" && [route.passAuthorization, route.variables.size];
  };
  expect([facts("/x.py/admin/y"), facts("/x.py"), facts("/x.py/admin/y"), facts("/x.py/other")]).toEqual([
    [true, 1],
    [false, 0],
    [true, 1],
    [false, 0],
  ]);
  vi.useRealTimers();
});

test("a handler with an address passes such files to the external application, whatever their execute bit, with their own script names", () => {
  using folder = site({
    "shop/page.php": "<?php",
    "tool.php": "#!/usr/bin/env php",
    "other.php": "<?php",
    "x.py": "print()",
  });
  const routes = routingOf(folder.root, {
    handlers: { ".php": { address: "tcp:localhost:9000" } },
    routes: [{ path: "/status", address: "tcp:localhost:9000", connections: 3 }],
    scripts: { "other.php": { mode: "cgi" } },
  });
  const external = { address: { kind: "tcp", host: "localhost", port: 9000 }, connections: 3 };
  expect(ask(routes, "/shop/page.php/more")).toMatchObject({
    kind: "script",
    mode: "fastcgi-external",
    scriptName: "/shop/page.php",
    pathInfo: "/more",
    file: `${folder.root}/shop/page.php`,
    handlerBecause: null,
    interpreter: null,
    external,
  });
  expect(ask(routes, "/tool.php")).toMatchObject({ mode: "fastcgi-external", external });
  expect(ask(routes, "/other.php")).toMatchObject({ mode: "cgi", external: null });
  expect(ask(routes, "/none.php")).toMatchObject({ kind: "none", status: 404 });
});

const addresses = ["tcp:127.0.0.1:009000", "tcp:localhost:65535", "tcp:[::1]:9000", "unix:x"];
test.each(addresses)("what the configuration accepts as an address is one: %s", (address) => {
  using folder = site({ "app/page.html": "x" });
  const routes = routingOf(folder.root, { routes: [{ path: "/app/", address }] });
  expect(ask(routes, "/app/page.html")).toMatchObject({ kind: "script", mode: "fastcgi-external" });
});

test("a route with an address passes every path below it to the external application, hidden files too", () => {
  using folder = site({ "app/inside.txt": "x" });
  const routes = routingOf(folder.root, {
    routes: [
      { path: "/app/", address: "unix:run/app.sock", connections: 2, variables: { A: "1" } },
      { path: "/same/", address: "unix:./run/app.sock" },
      { path: "/other/", address: "tcp:127.0.0.1:9000" },
    ],
  });
  expect(ask(routes, "/app/.x/inside.txt")).toMatchObject({
    kind: "script",
    mode: "fastcgi-external",
    scriptName: "/app",
    pathInfo: "/.x/inside.txt",
    file: `${folder.root}/app`,
    external: { address: { kind: "unix", path: `${folder.root}/run/app.sock` }, connections: 2 },
    variables: new Map([[utf8("A"), utf8("1")]]),
    nph: false,
  });
  // One application: what one route says of it holds for all.
  expect(ask(routes, "/same/")).toMatchObject({ external: { connections: 2 } });
  expect(ask(routes, "/other/")).toMatchObject({
    external: { address: { kind: "tcp", host: "127.0.0.1", port: 9000 }, connections: null },
  });
});

test("a route to the root of the disk (B14)", () => {
  using folder = site({ "page.txt": "x" });
  const routes = routingOf(folder.root, { routes: [{ path: "/disk/", dir: "/" }] });
  const links = routingOf(folder.root, { routes: [{ path: "/disk/", dir: "/" }], links: ["/"] });
  for (const routing of [routes, links])
    expect(ask(routing, `/disk${folder.root}/page.txt`)).toMatchObject({
      kind: "static",
      file: `${folder.root}/page.txt`,
    });
});
