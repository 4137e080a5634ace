// What a route says besides where it leads: deny, redirect, run, index and list, through real sockets.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { tempFolder } from "../../support/temp-workspace.js";

const script = 'printf "Content-Type: text/plain\\n\\nran"';
/** A body without chunks. */
const whole = async (gateway: TestGateway, path: string): Promise<string> =>
  bodyOf(await gateway.ask(`GET ${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`));
const statusOf = (response: string): number => Number(response.slice(9, 12));

describe("deny", () => {
  test("everything below a path, and a longer path that allows it again", async () => {
    await using gateway = await startGateway({
      config: { routes: [{ path: "/inc/", deny: true }, { path: "/inc/open/" }] },
    });
    for (const file of ["inc/a.txt", "inc/open/b.txt", "c.txt"]) gateway.file(file, "text");
    gateway.script("inc/x.sh", script);
    const statuses = [];
    for (const path of ["/inc/a.txt", "/inc/x.sh/info", "/inc/", "/inc", "/inc/nowhere", "/%69nc/a.txt"])
      statuses.push(statusOf(await gateway.get(path)));
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
    expect(statusOf(await gateway.get("/inc/open/b.txt"))).toBe(200);
    expect(statusOf(await gateway.get("/c.txt"))).toBe(200);
    const [trace] = await gateway.ended(1);
    expect(trace).toMatchObject({ outcome: "ok", cause: { code: "denied-by-route", data: { route: "/inc/" } } });
  });

  test("of an index holds for the path of its folder, too, and so does all else of its route", async () => {
    await using gateway = await startGateway({
      config: {
        server: { index: ["index.sh", "index.html"] },
        routes: [
          { path: "/docs/index.html", deny: true },
          { path: "/text/index.sh", run: false },
          { path: "/moved/index.html", redirect: { to: "/c.txt" } },
          { path: "/named/", deny: ["index.*"] },
        ],
      },
    });
    gateway.file("c.txt", "text");
    for (const folder of ["docs", "moved", "named", "open"]) gateway.file(`${folder}/index.html`, "page");
    gateway.script("text/index.sh", script);
    for (const [path, status] of [
      ["/docs/", 403],
      ["/moved/", 302],
      ["/named/", 403],
      ["/open/", 200],
    ] as const) {
      expect([path, statusOf(await gateway.get(path))]).toEqual([path, status]);
      expect(statusOf(await gateway.get(`${path}index.html`))).toBe(status);
    }
    for (const path of ["/text/", "/text/index.sh"]) expect(bodyOf(await gateway.get(path))).toContain("printf");
  });

  test.each([
    ["/config.php", 403],
    ["/deep/config.inc.php", 403],
    ["/conf.php", 200],
    ["/private/x.txt", 403],
    ["/pri\u{e4}te/x.txt", 403],
    ["/xprivate/x.txt", 200],
  ])("by name: %s is %d", async (path, status) => {
    const deny = ["config.*", "private", "pri?te", "a(b"];
    await using gateway = await startGateway({ config: { routes: [{ path: "/", deny }] } });
    gateway.file(path.slice(1), "text");
    expect(statusOf(await gateway.get(encodeURI(path)))).toBe(status);
  });

  test("a link inside the folder leads past nothing", async () => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/inc/", deny: true, list: true }] } });
    gateway.file("inc/a.txt", "secret");
    symlinkSync("inc/a.txt", gateway.folder.file("link.txt"));
    symlinkSync("inc", gateway.folder.file("folder"));
    for (const path of ["/link.txt", "/folder/a.txt"]) expect(statusOf(await gateway.get(path))).toBe(403);
  });
});

describe("redirect", () => {
  test.each([
    [{ to: "/new/" }, "/old/a%20b/c?d=1", 302, "/new/a%20b/c?d=1"],
    [{ to: "/new", status: 301 }, "/old", 301, "/new"],
    [{ to: "https://shop.test/?from=old", status: 308 }, "/old?x", 308, "https://shop.test/?from=old&x"],
    [{ to: "/docs#intro" }, "/old?x=1", 302, "/docs?x=1#intro"],
    [{ to: "/search?q=1#top" }, "/old/abc?z=1", 302, "/search/abc?q=1&z=1#top"],
    [{ to: "/f\u{fc}r" }, "/old/%0D%0AX:%20y", 302, "/f%C3%BCr/%0D%0AX:%20y"],
  ])("%j: %s", async (redirect, target, status, location) => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/old/", redirect }] } });
    gateway.file("old/a b/c", "not served");
    const response = await gateway.ask(request("POST", target, ["Content-Length: 4", "Connection: close"], "body"));
    expect(statusOf(response)).toBe(status);
    expect(headOf(response)).toContain(`\r\nLocation: ${location}\r\n`);
    expect(headOf(response)).not.toContain("\r\nX:");
    expect(headOf(response)).not.toContain("\r\nCache-Control:");
  });
});

test("run: false sends scripts as text, and nothing below the path runs", async () => {
  await using gateway = await startGateway({ config: { routes: [{ path: "/text/", run: false }] } });
  for (const file of ["text/x.sh", "text/cgi-bin/y.cgi", "x.sh"]) gateway.script(file, script);
  for (const path of ["/text/x.sh", "/text/cgi-bin/y.cgi"])
    expect(bodyOf(await gateway.get(path))).toMatch(/^#!\/bin\/sh\n/);
  expect(statusOf(await gateway.get("/text/x.sh/info"))).toBe(404);
  expect(bodyOf(await gateway.get("/x.sh"))).toContain("ran");
  expect((await gateway.ended(3)).slice(0, 2).map(({ route }) => route.kind)).toEqual(["static", "static"]);
});

test("run: a list of extensions runs such files alone, and all runs every file", async () => {
  await using gateway = await startGateway({
    config: {
      routes: [
        { path: "/some/", run: [".CGI", ".odd"] },
        { path: "/all/", run: "all" },
      ],
    },
  });
  for (const file of ["some/a.cgi", "some/a.odd", "some/a.sh", "some/cgi-bin/a.sh", "all/a.odd", "all/a"])
    gateway.script(file, script);
  gateway.file("some/not-executable.odd", "text");
  gateway.file("all/not-executable.txt", "text");
  const bodies = [];
  for (const path of ["/some/a.cgi", "/some/a.odd", "/some/a.sh", "/some/cgi-bin/a.sh", "/all/a.odd", "/all/a"])
    bodies.push(bodyOf(await gateway.get(path)).includes("#!") ? "sent" : "ran");
  expect(bodies).toEqual(["ran", "ran", "sent", "sent", "ran", "ran"]);
  for (const path of ["/some/not-executable.odd", "/all/not-executable.txt"])
    expect(statusOf(await gateway.get(path))).toBe(500);
});

test("index: files of its own, for the folders below the path alone", async () => {
  await using gateway = await startGateway({
    config: {
      routes: [
        { path: "/pages/", index: ["start.sh", "home.txt"] },
        { path: "/pages/none/", index: [] },
      ],
    },
  });
  for (const folder of ["", "pages/", "pages/sub/", "pages/none/"]) gateway.file(`${folder}index.html`, "index");
  gateway.script("pages/start.sh", script);
  gateway.file("pages/sub/home.txt", "home");
  const bodies = [];
  for (const path of ["/", "/pages/", "/pages/sub/", "/pages/index.html"]) bodies.push(bodyOf(await gateway.get(path)));
  expect(bodies).toEqual(["index", expect.stringContaining("ran"), "home", "index"]);
  expect(statusOf(await gateway.get("/pages/none/"))).toBe(404);
});

describe("list", () => {
  test("a folder without an index, with names of any kind; hidden files and backup copies are not in it", async () => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/files/", list: true }] } });
    for (const name of ["a&b.txt", "x:y", "%41", ".hidden", "copy.txt~", "sub/z"])
      gateway.file(`files/${name}`, "12345");
    writeFileSync(
      Buffer.concat([Buffer.from(`${gateway.folder.file("files")}/`), Buffer.from("latin\xe4", "latin1")]),
      "",
    );
    const response = await gateway.get("/files/");
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Content-Type: text\/html; charset=utf-8\r\n/s);
    const names = [...bodyOf(response).matchAll(/<td><a href="([^"]*)">/g)].map(([, href]) => href);
    expect(names).toEqual(["./sub/", "./%2541", "./a&amp;b.txt", "./latin%E4", "./x:y"]);
    expect(bodyOf(response)).toContain("5 B");
    for (const href of names)
      expect(statusOf(await gateway.get(`/files/${href?.slice(2).replace("&amp;", "&")}`))).toBe(200);
    gateway.file("files/index.html", "the index");
    expect(bodyOf(await gateway.get("/files/"))).toBe("the index");
    expect(statusOf(await gateway.get("/"))).toBe(404);
  });

  test("but nothing that a request would be refused: denied names, links out of the folder, passwords, guarded files", async () => {
    using outside = tempFolder();
    writeFileSync(join(outside.path, "secret.txt"), "123456789");
    const auth = { realm: "Staff", htpasswd: "files/users.txt" };
    await using gateway = await startGateway({
      config: {
        routes: [
          { path: "/files/", list: true, deny: ["*.inc"] },
          { path: "/files/closed/", deny: true },
          { path: "/files/staff/", auth },
        ],
      },
    });
    for (const name of ["a.txt", "b.inc", "closed/c", "staff/d", "users.txt"]) gateway.file(`files/${name}`, "1234");
    gateway.file("other.txt", "12345");
    symlinkSync(join(outside.path, "secret.txt"), gateway.folder.file("files/out.txt"));
    symlinkSync("b.inc", gateway.folder.file("files/denied.txt"));
    symlinkSync("staff/d", gateway.folder.file("files/guarded.txt"));
    symlinkSync("nowhere", gateway.folder.file("files/broken.txt"));
    symlinkSync("../other.txt", gateway.folder.file("files/inside.txt"));
    const page = bodyOf(await gateway.get("/files/"));
    expect([...page.matchAll(/<td><a href="([^"]*)">/g)].map(([, href]) => href)).toEqual(["./a.txt", "./inside.txt"]);
    expect(page).not.toContain("9 B");
    symlinkSync("staff", gateway.folder.file("files/copy"));
    expect(statusOf(await gateway.get("/files/copy/"))).toBe(401);
  });

  test("but no folder that a link leads to, out of the workspace", async () => {
    using outside = tempFolder();
    mkdirSync(join(outside.path, "docs"));
    await using gateway = await startGateway({ config: { routes: [{ path: "/", list: true }] } });
    symlinkSync(join(outside.path, "docs"), gateway.folder.file("docs"));
    expect(statusOf(await gateway.get("/docs/"))).toBe(403);
    expect(statusOf(await gateway.get("/"))).toBe(200);
  });

  test("and folders that are named like backup copies, not such files", async () => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/", list: true }] } });
    for (const file of ["site.bak/a.txt", "notes.db/a.txt", ".git/config", "old.bak"]) gateway.file(file, "x");
    symlinkSync("site.bak", gateway.folder.file("copy"));
    const list = await gateway.get("/");
    for (const name of ["site.bak/", "notes.db/", "copy/"]) {
      expect(list).toContain(`"./${name}"`);
      expect(await gateway.get(`/${name}`)).toMatch(/^HTTP\/1\.1 200 .*a\.txt/s);
    }
    expect(list).not.toMatch(/\.git|old\.bak/);
  });
});

describe("fallback: what try_files does for front controllers (W8)", () => {
  const shown = ["SCRIPT_NAME", "PATH_INFO", "REQUEST_URI", "QUERY_STRING"];
  const front = `printf 'Content-Type: text/plain\\n\\n'; for n in ${shown.join(" ")}; do eval "echo $n=\\$$n"; done`;

  test.each([{ dir: "public" }, {}])("what exists is served, everything else goes to the file: %j", async (where) => {
    const base = where.dir ?? "app";
    await using gateway = await startGateway({
      config: { routes: [{ path: "/app/", ...where, fallback: "front.cgi", deny: ["*.inc"] }] },
    });
    gateway.script(`${base}/front.cgi`, front);
    gateway.script(`${base}/other.cgi`, front);
    gateway.file(`${base}/img/logo.txt`, "a picture");
    gateway.file(`${base}/.secret`, "hidden");
    for (const path of ["/app/users/7?a=1", "/app/gone.txt"])
      expect((await whole(gateway, path)).split("\n")).toEqual([
        "SCRIPT_NAME=/app/front.cgi",
        "PATH_INFO=",
        `REQUEST_URI=${path}`,
        `QUERY_STRING=${path.split("?")[1] ?? ""}`,
        "",
      ]);
    expect(await whole(gateway, "/app/other.cgi/x")).toMatch(/^SCRIPT_NAME=\/app\/other.cgi\nPATH_INFO=\/x\n/);
    expect(await whole(gateway, "/app/img/logo.txt")).toBe("a picture");
    const statuses = [];
    for (const path of ["/app/.secret", "/app/.gone", "/app/x.inc", "/app/img/", "/app/img", "/gone"])
      statuses.push(statusOf(await gateway.get(path)));
    expect(statuses).toEqual([403, 403, 403, 404, 301, 404]);
  });

  test("below a path that is not ASCII", async () => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/café/", fallback: "front.cgi" }] } });
    gateway.script("café/front.cgi", front);
    expect(await whole(gateway, "/caf%C3%A9/gone")).toMatch(/^SCRIPT_NAME=\S*front.cgi\n/);
  });

  test("of a file that is missing or denied", async () => {
    await using gateway = await startGateway({
      config: {
        routes: [
          { path: "/", fallback: "gone.cgi" },
          { path: "/a/", fallback: "x.inc", deny: ["*.inc"] },
        ],
      },
    });
    gateway.file("a/x.inc", "the source");
    expect([statusOf(await gateway.get("/b")), statusOf(await gateway.get("/a/b"))]).toEqual([404, 403]);
  });
});

test("an exact redirect stands beside a route with the slash, as RedirectMatch ^/cgit$ does (W8)", async () => {
  await using gateway = await startGateway({
    config: {
      routes: [
        { path: "/cgit/", file: "cgit.sh" },
        { path: "/cgit", redirect: { to: "/cgit/", exact: true } },
        { path: "/old/", redirect: { to: "/new", status: 301, exact: true } },
      ],
    },
  });
  gateway.script("cgit.sh", `${script}; echo " $PATH_INFO"`);
  gateway.file("old/a.txt", "text");
  const [redirected, old] = [headOf(await gateway.get("/cgit?a=b")), headOf(await gateway.get("/old/"))];
  expect(redirected).toMatch(/^HTTP\/1\.1 302 .*\r\nLocation: \/cgit\/\?a=b\r/s);
  expect(old).toMatch(/^HTTP\/1\.1 301 .*\r\nLocation: \/new\r/s);
  expect(await whole(gateway, "/cgit/")).toBe("ran /\n");
  expect(await whole(gateway, "/cgit/x")).toBe("ran /x\n");
  expect(await whole(gateway, "/old/a.txt")).toBe("text");
});

test("an exact redirect of / changes neither DOCUMENT_ROOT nor PATH_TRANSLATED", async () => {
  await using gateway = await startGateway({
    config: {
      routes: [
        { path: "/", dir: "public" },
        { path: "/", redirect: { to: "/x.sh", exact: true } },
      ],
    },
  });
  gateway.script("public/x.sh", `${script}; echo " $DOCUMENT_ROOT $PATH_TRANSLATED"`);
  const root = gateway.folder.file("public");
  expect(await whole(gateway, "/x.sh/")).toBe(`ran ${root} ${root}/\n`);
});
