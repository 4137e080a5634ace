// What runs without any configuration, as a table over a real folder; then PATH_INFO,
// folders, links, and what is never served.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { unservedFile } from "../../../server/routing/deny-list.js";
import { settledMs } from "../../../server/routing/file-facts.js";
import { coded } from "../../support/coded.js";
import { waitFor } from "../../support/wait-for.js";
import { ask, inShort, interpretersWithout, routingOf, site } from "./site.js";

const shebang = "#!/bin/sh\necho\n";
const plain = "print('x')\n";
const elf = Buffer.from("7f454c4602010100", "hex");

const basic = site({
  "index.html": "<p>",
  "page.html": { run: "<p>executable, as everything on such a disk" },
  "run-me": { run: shebang },
  "tool.html": { run: shebang },
  program: { run: elf },
  "library.bin": elf,
  readme: shebang,
  "good.py": { run: shebang },
  "plain.py": plain,
  "not-executable.py": shebang,
  "no-shebang.py": { run: plain },
  "bom.py": { run: `\uFEFF${shebang}` },
  "bom-too.py": `\uFEFF${shebang}`,
  "UPPER.PY": plain,
  "a.pl": plain,
  "a.php": "<?php",
  "a.rb": plain,
  "a.sh": plain,
  "a.lua": plain,
  "a.tcl": plain,
  "empty.py": "",
  "a.cgi": plain,
  "a.fcgi": { run: plain },
  "crlf.py": { run: "#!/usr/bin/python3\r\n" },
  "cgi-bin/no-extension": plain,
  "cgi-bin/style.css": "p {}",
  "cgi-bin/a.py": plain,
  "cgi-bin/deep/er": plain,
  "sub/cgi-bin/x": plain,
  "cgi-bin.txt": plain,
  "style.css": "p {}",
  "nph-raw.cgi": { run: shebang },
  "folder/index.py": { run: shebang },
  "folder/page.txt": "x",
  "both/index.cgi": { run: shebang },
  "both/index.html": "<p>",
  "empty-folder/": "",
  "sp ace/ü#%.txt": "x",
  ".hidden": "x",
  ".git/config": "x",
  ".well-known/security.txt": "x",
  ".well-known/.hidden": "x",
  "folder/.well-known/x.txt": "x",
  "folder/.env": "SECRET",
  "cgi-workbench.json": "{}",
  "folder/CGI-Workbench.JSON": "{}",
  "old.py~": plain,
  "old.py.bak": plain,
  "old.py.1": plain,
  "old.pl.new": plain,
  "old.py.orig.txt": plain,
  "app.py.html": "x",
  "old.py.ORIG": plain,
  "old.swp": plain,
  "#emacs.py#": plain,
  "nano.py.save": plain,
  "nano.py.save.1": plain,
  "old.py.old": plain,
  "patch.py.rej": plain,
  "vim.py.swo": plain,
  "half.py.tmp": plain,
  "page.conf.dpkg-old": plain,
  "page.conf.rpmsave": plain,
  "cgi-bin/old.cgi.bak": { run: shebang },
  "__pycache__/good.cpython-313.pyc": "x",
  "__pycache__/good.cpython-313.pyc.139872": "x",
  "__pycache__/readme.txt": "x",
  "cgi-bin/__pycache__/a.cpython-313.pyc": { run: "x" },
  "old.PYO": "x",
  "app.luac": "x",
  "app.rbc": "x",
  "applet.class": "x",
  "data.db": "x",
  "data.db-wal": "x",
  "data.sqlite": "x",
  "data.sqlite3-journal": "x",
  "backup.bak/page.txt": "x",
});
afterAll(() => basic[Symbol.dispose]());
const routing = routingOf(basic.root);

test.each([
  ["/run-me", "run"],
  ["/tool.html", "run"],
  ["/program", "run"],
  ["/library.bin", "static"],
  ["/readme", "static"],
  ["/page.html", "static"],
  ["/style.css", "static"],
  ["/good.py", "run"],
  ["/plain.py", "handler python3: not-executable-no-shebang"],
  ["/empty.py", "handler python3: not-executable-no-shebang"],
  ["/not-executable.py", "handler python3: not-executable"],
  ["/no-shebang.py", "handler python3: no-shebang"],
  ["/bom.py", "handler python3: byte-order-mark-first"],
  ["/bom-too.py", "handler python3: not-executable-byte-order-mark"],
  ["/UPPER.PY", "handler python3: not-executable-no-shebang"],
  ["/a.pl", "handler perl: not-executable-no-shebang"],
  ["/a.php", "handler php-cgi: not-executable-no-shebang"],
  ["/a.rb", "handler ruby: not-executable-no-shebang"],
  ["/a.sh", "handler sh: not-executable-no-shebang"],
  ["/a.lua", "handler lua: not-executable-no-shebang"],
  ["/a.tcl", "handler tclsh: not-executable-no-shebang"],
  ["/a.cgi", "run"],
  ["/a.fcgi", "run"],
  ["/crlf.py", "run"],
  ["/cgi-bin/no-extension", "run"],
  ["/cgi-bin/style.css", "run"],
  ["/cgi-bin/a.py", "handler python3: not-executable-no-shebang"],
  ["/cgi-bin/deep/er", "run"],
  ["/sub/cgi-bin/x", "run"],
  ["/cgi-bin.txt", "static"],
  ["/sp ace/ü#%.txt", "static"],
  ["/", "static"],
  ["/folder/", "run"],
  ["/both/", "static"],
  ["/empty-folder/", "404"],
  ["/empty-folder", "301 /empty-folder/"],
  ["/folder?a=1&b=%2F", "301 /folder/?a=1&b=%2F"],
  ["/sp ace", "301 /sp%20ace/"],
  ["/folder/missing", "404"],
  ["/missing", "404"],
  ["/style.css/", "404"],
  ["/style.css/more", "404"],
  ["/backup.bak/page.txt", "static"],
  ["/.hidden", "403"],
  ["/.not-even-there", "403"],
  ["/.git/config", "403"],
  ["/.well-known/security.txt", "static"],
  ["/.well-known/.hidden", "403"],
  ["/folder/.well-known/x.txt", "403"],
  ["/folder/.env", "403"],
  ["/cgi-workbench.json", "403"],
  ["/folder/CGI-Workbench.JSON", "403"],
  ["/old.py~", "403"],
  ["/old.py.bak", "403"],
  ["/old.py.1", "403"],
  ["/old.pl.new", "403"],
  ["/old.py.orig.txt", "403"],
  ["/app.py.html", "static"],
  ["/old.py.bak/info", "403"],
  ["/old.py.ORIG", "403"],
  ["/old.swp", "403"],
  ["/#emacs.py#", "403"],
  ["/nano.py.save", "403"],
  ["/nano.py.save.1", "403"],
  ["/old.py.old", "403"],
  ["/patch.py.rej", "403"],
  ["/vim.py.swo", "403"],
  ["/half.py.tmp", "403"],
  ["/page.conf.dpkg-old", "403"],
  ["/page.conf.rpmsave", "403"],
  ["/cgi-bin/old.cgi.bak", "403"],
  ["/__pycache__/good.cpython-313.pyc", "403"],
  ["/__pycache__/good.cpython-313.pyc.139872", "403"],
  ["/__pycache__/readme.txt", "static"],
  ["/cgi-bin/__pycache__/a.cpython-313.pyc", "403"],
  ["/old.PYO", "403"],
  ["/app.luac", "403"],
  ["/app.rbc", "403"],
  ["/applet.class", "static"],
  ["/data.db", "403"],
  ["/data.db-wal", "403"],
  ["/data.sqlite", "403"],
  ["/data.sqlite3-journal", "403"],
  ["/a//b", "404"],
  ["/folder/../style.css", "404"],
  ["relative", "400"],
])("%s → %s", (path, expected) => {
  expect(inShort(ask(routing, path))).toBe(expected);
  expect(inShort(ask(routing, path))).toBe(expected); // from memory, too
});

test("what editors and tools leave behind is not served (R11)", () => {
  for (const path of ["/#emacs.py#", "/nano.py.save", "/patch.py.rej", "/old.swp", "/__pycache__/good.cpython-313.pyc"])
    expect([path, inShort(ask(routing, path))]).toEqual([path, "403"]);
});

test("RFC 3875 §4.1.5, 4.1.13: the first file on the way down ends SCRIPT_NAME, and PATH_INFO is the rest as it is", () => {
  expect(ask(routing, "/cgi-bin/a.py/x/.y/../z")).toMatchObject({
    scriptName: "/cgi-bin/a.py",
    pathInfo: "/x/.y/../z",
    file: `${basic.root}/cgi-bin/a.py`,
  });
  expect(ask(routing, "/good.py/")).toMatchObject({ scriptName: "/good.py", pathInfo: "/" });
  expect(ask(routing, "/folder/")).toMatchObject({ scriptName: "/folder/index.py", pathInfo: "" });
});

test("RFC 3875 §3.3: SCRIPT_NAME and PATH_INFO recombine to the path, whatever follows the script", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("/good.py", "/cgi-bin/deep/er", "/run-me"),
      fc.array(fc.string({ minLength: 1, unit: "binary" })),
      (script, rest) => {
        const path = utf8(`${script}${rest.map((segment) => `/${segment.replaceAll(/[\0/]/g, "_")}`).join("")}`);
        const route = routing.resolve({ path, query: byteString("") });
        expect(route).toMatchObject({ kind: "script", scriptName: script });
        expect(route.scriptName + route.pathInfo).toBe(path);
      },
    ),
    { numRuns: 200 },
  );
});

test("no path reaches a file outside of the folder", () => {
  const segment = fc.constantFrom(
    "..",
    ".",
    "",
    "folder",
    "cgi-bin",
    "etc",
    "passwd",
    "%2e%2e",
    "..%2f",
    "a.py",
    "~",
    "\\..\\",
  );
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      const route = routing.resolve({ path: utf8(`/${segments.join("/")}`), query: byteString("") });
      if (route.file !== null)
        expect(route.file.startsWith(`${basic.root}/`) && !route.file.includes("/../")).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("RFC 3875 §5: a name that begins with nph- is NPH", () => {
  expect(ask(routing, "/nph-raw.cgi")).toMatchObject({ nph: true });
  expect(ask(routing, "/good.py/nph-x")).toMatchObject({ nph: false });
});

test("names are bytes: one that is no UTF-8 is found, and its address is encoded byte for byte", () => {
  using folder = site({ "dü/": "" });
  writeFileSync(Buffer.from(`${folder.root}/caf\xe9.cgi`, "latin1"), plain);
  mkdirSync(Buffer.from(`${folder.root}/d\xfc`, "latin1"));
  const routes = routingOf(folder.root);
  const resolve = (path: string) => routes.resolve({ path: byteString(path), query: byteString("") });
  expect(resolve("/caf\xe9.cgi/p")).toMatchObject({
    kind: "script",
    file: `${folder.root}/caf\xe9.cgi`,
    pathInfo: "/p",
  });
  expect(inShort(resolve("/d\xfc"))).toBe("301 /d%FC/");
  expect(inShort(ask(routes, "/dü"))).toBe("301 /d%C3%BC/");
});

describe("a handler's interpreter", () => {
  test("that is missing makes a 500 that names it, and says why it was needed", () => {
    const route = ask(routingOf(basic.root, {}, { interpreters: interpretersWithout("python3") }), "/plain.py");
    expect(route).toMatchObject({
      kind: "none",
      status: 500,
      file: `${basic.root}/plain.py`,
      why: coded("interpreter-missing", {
        path: "/plain.py",
        because: coded("not-executable-no-shebang"),
        program: "python3",
      }),
    });
  });

  test("is not looked for when the script runs as itself", () => {
    expect(inShort(ask(routingOf(basic.root, {}, { interpreters: interpretersWithout("python3") }), "/good.py"))).toBe(
      "run",
    );
  });

  test("and its arguments are taken from the configuration; a path in it is one of the workspace", () => {
    const configured = routingOf(basic.root, {
      handlers: { ".PY": { interpreter: ["venv/bin/python", "-u"] }, ".txt": { interpreter: ["cat"] }, ".pl": null },
    });
    expect(ask(configured, "/plain.py")).toMatchObject({ interpreter: [`${basic.root}/venv/bin/python`, "-u"] });
    expect(inShort(ask(configured, "/folder/page.txt"))).toBe("handler cat: not-executable-no-shebang");
    expect(inShort(ask(configured, "/a.pl"))).toBe("static");
    expect(inShort(ask(configured, "/cgi-bin/a.py"))).toContain("handler");
  });
});

describe("symbolic links", () => {
  test("within the folder are followed; hidden files, backups and databases stay hidden behind them", () => {
    using folder = site({
      "real/a.txt": "x",
      "real/.env": "x",
      "a.db": "x",
      "ok.txt": { link: "real/a.txt" },
      "env.txt": { link: "real/.env" },
      "d.txt": { link: "a.db" },
    });
    const routes = routingOf(folder.root);
    expect(inShort(ask(routes, "/ok.txt"))).toBe("static");
    expect(inShort(ask(routes, "/env.txt"))).toBe("403");
    expect(inShort(ask(routes, "/d.txt"))).toBe("403");
  });

  test("out of the folder are refused with their target, until the configuration lists it", () => {
    using outside = site({ "deep/a.txt": "x", "b.txt": "x" });
    using folder = site({
      "a.txt": { link: `${outside.root}/deep/a.txt` },
      out: { link: outside.root },
      gone: { link: "nowhere" },
      circle: { link: "circle" },
    });
    const routes = routingOf(folder.root);
    expect(ask(routes, "/a.txt")).toMatchObject({
      kind: "none",
      status: 403,
      why: coded("link-outside", { target: `${outside.root}/deep/a.txt` }),
    });
    expect(inShort(ask(routes, "/out/b.txt"))).toBe("403");
    expect(ask(routes, "/gone")).toMatchObject({
      status: 404,
      why: coded("broken-link", { path: "/gone", target: "nowhere" }),
    });
    expect(ask(routes, "/circle")).toMatchObject({ status: 404, why: coded("circular-link") });

    const listed = routingOf(folder.root, { links: [`${outside.root}/deep`] });
    expect(inShort(ask(listed, "/a.txt"))).toBe("static");
    expect(inShort(ask(listed, "/out/b.txt"))).toBe("403");
  });
});

describe("what is remembered", () => {
  const routeOf = (text: string) => createHash("sha256").update(text).digest("hex");

  test("is forgotten when the file is written, replaced, made executable or removed", () => {
    using folder = site({ "x.py": plain });
    const routes = routingOf(folder.root);
    const file = `${folder.root}/x.py`;
    expect(ask(routes, "/x.py")).toMatchObject({
      scriptHash: routeOf(plain),
      handlerBecause: coded("not-executable-no-shebang"),
    });
    writeFileSync(file, shebang);
    expect(ask(routes, "/x.py")).toMatchObject({
      scriptHash: routeOf(shebang),
      handlerBecause: coded("not-executable"),
    });
    chmodSync(file, 0o755);
    expect(inShort(ask(routes, "/x.py"))).toBe("run");
    folder.put("new", { run: plain });
    renameSync(`${folder.root}/new`, file);
    expect(ask(routes, "/x.py")).toMatchObject({
      scriptHash: routeOf(plain),
      handlerBecause: coded("no-shebang"),
    });
    rmSync(file);
    expect(inShort(ask(routes, "/x.py"))).toBe("404");
    folder.put("x.py/y.txt", "now a folder");
    expect(inShort(ask(routes, "/x.py/y.txt"))).toBe("static");
  });

  test("misses no change of a file, even of the same length within a tick of the file system's clock", () => {
    using folder = site({ "x.py": "0000" });
    const routes = routingOf(folder.root);
    for (let i = 0; i < 300; i++) {
      const text = String(i).padStart(4, "0");
      writeFileSync(`${folder.root}/x.py`, text);
      expect(ask(routes, "/x.py")).toMatchObject({ scriptHash: routeOf(text) });
    }
  });

  test("does not depend on the mtime, which may lie in the future", async () => {
    using folder = site({ "x.cgi": { run: shebang } });
    const file = `${folder.root}/x.cgi`;
    const tomorrow = Date.now() / 1000 + 86_400;
    utimesSync(file, tomorrow, tomorrow);
    const { ctimeMs } = statSync(file);
    await waitFor("what is read of the script is kept", () => Date.now() - ctimeMs > settledMs);
    const routes = routingOf(folder.root);
    expect(ask(routes, "/x.cgi")).toBe(ask(routes, "/x.cgi"));
  });

  test("does not hide a better index that appears", () => {
    using folder = site({ "index.py": { run: shebang } });
    const routes = routingOf(folder.root);
    expect(inShort(ask(routes, "/"))).toBe("run");
    folder.put("index.html", "<p>");
    expect(inShort(ask(routes, "/"))).toBe("static");
  });
});

test("the file list has how each file would run and the target that reaches it, routes included", () => {
  using folder = site({
    "a b/x.py": plain,
    "public/ü.txt": "x",
    "app.cgi": { run: shebang },
    "old.bak": "x",
    "index.html": "x",
    "z/": "",
  });
  const routes = routingOf(folder.root, {
    routes: [
      { path: "/p/", dir: "public" },
      { path: "/public/", dir: "z" },
      { path: "/app/", file: "app.cgi" },
    ],
    scripts: { "a b/x.py": { mode: "fastcgi" } },
  });
  expect(routes.describe("a b/x.py", "file")).toEqual({ mode: "fastcgi", agent: "python", target: "/a%20b/x.py" });
  expect(routes.describe("public/ü.txt", "file")).toEqual({ mode: null, agent: null, target: "/p/%C3%BC.txt" });
  expect(routes.describe("app.cgi", "file")).toEqual({ mode: "cgi", agent: null, target: "/app.cgi" });
  expect(routes.describe("old.bak", "file")).toEqual({ mode: null, agent: null, target: null });
  expect(routes.describe("z", "folder")).toEqual({ mode: null, agent: null, target: null });
});

test("the name of a script that goes on, as of a copy, is never served (D8)", () => {
  const copies = ["x.py.1", "x.pl.new", "x.py.orig.txt", "x.cgi.old.html", "lib.pm.2", "index.php.copy"];
  expect(copies.map((name) => unservedFile(utf8(name)))).toEqual(copies.map(() => "backup-file"));
  for (const name of ["x.py.html", "manual.1", "news.new", "logo.old.png", "jquery.min.js.map"])
    expect([name, unservedFile(utf8(name))]).toEqual([name, null]);
});
