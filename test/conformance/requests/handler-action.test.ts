// A handler that passes files to a script, as Apache's Action does, through real sockets.
import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bodyOf, startGateway, type TestGateway } from "../../support/gateway.js";

const shown = ["SCRIPT_NAME", "PATH_INFO", "PATH_TRANSLATED", "QUERY_STRING", "REQUEST_URI", "REDIRECT_URL"];
const show = `printf 'Content-Type: text/plain\\n\\n'; for n in ${shown.join(" ")}; do eval "echo $n=\\$$n"; done`;
const action = { handlers: { ".tpl": { action: "/cgi-bin/engine" } } };
const password = "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n";
const auth = { realm: "Staff", htpasswd: ".htpasswd" };
const statusOf = (response: string): number => Number(response.slice(9, 12));
const variables = async (gateway: TestGateway, path: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    bodyOf(await gateway.ask(`GET ${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`))
      .trim()
      .split("\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );

function addSite(gateway: TestGateway): void {
  gateway.script("cgi-bin/engine", show);
  gateway.file("news/today.tpl", "a template");
}

describe("action", () => {
  test("the script gets the request's path as PATH_INFO and the file as PATH_TRANSLATED", async () => {
    await using gateway = await startGateway({ config: action });
    addSite(gateway);
    expect(await variables(gateway, "/news/today.tpl?a=1")).toEqual({
      SCRIPT_NAME: "/cgi-bin/engine",
      PATH_INFO: "/news/today.tpl",
      PATH_TRANSLATED: gateway.folder.file("news/today.tpl"),
      QUERY_STRING: "a=1",
      REQUEST_URI: "/news/today.tpl?a=1",
      REDIRECT_URL: "/news/today.tpl",
    });
    expect(await variables(gateway, "/news/today.tpl/more")).toMatchObject({
      PATH_INFO: "/news/today.tpl/more",
      PATH_TRANSLATED: `${gateway.folder.file("news/today.tpl")}/more`,
    });
    const [trace] = await gateway.ended(2);
    expect(trace).toMatchObject({
      outcome: "ok",
      route: { file: gateway.folder.file("cgi-bin/engine"), scriptName: "/cgi-bin/engine" },
      findings: [],
    });
  });

  test("also for an index, a file below a route, and one that could run itself", async () => {
    await using gateway = await startGateway({
      config: {
        server: { index: ["index.tpl"] },
        handlers: { ".tpl": { action: "/engine" } },
        routes: [
          { path: "/engine", file: "tools/engine.tpl", variables: { REDIRECT_URL: "the route's" } },
          { path: "/pages/", dir: "other" },
        ],
      },
    });
    gateway.script("tools/engine.tpl", show);
    gateway.file("index.tpl", "the front page");
    gateway.script("other/x.tpl", "echo itself");
    expect(await variables(gateway, "/")).toMatchObject({
      PATH_INFO: "/index.tpl",
      PATH_TRANSLATED: gateway.folder.file("index.tpl"),
    });
    expect(await variables(gateway, "/pages/x.tpl")).toMatchObject({
      SCRIPT_NAME: "/engine",
      PATH_TRANSLATED: gateway.folder.file("other/x.tpl"),
      REDIRECT_URL: "the route's",
    });
  });

  test.each([
    ["a file that does not exist", {}, "/news/none.tpl", 404],
    ["a script that does not exist", { handlers: { ".tpl": { action: "/cgi-bin/none" } } }, "/news/today.tpl", 500],
    ["no script", { handlers: { ".tpl": { action: "/page.txt" } } }, "/news/today.tpl", 500],
    ["itself", { handlers: { ".tpl": { action: "/news/today.tpl" } } }, "/news/today.tpl", 500],
    ["what a route denies", { routes: [{ path: "/cgi-bin/", deny: true }] }, "/news/today.tpl", 403],
    ["below a route where nothing runs", { routes: [{ path: "/news/", run: false }] }, "/news/today.tpl", 200],
  ])("%s", async (_what, config, path, status) => {
    await using gateway = await startGateway({ config: { ...action, ...config } });
    addSite(gateway);
    gateway.file("page.txt", "no script");
    const response = await gateway.get(path);
    expect(statusOf(response)).toBe(status);
    if (status === 500) {
      const [trace] = await gateway.ended(1);
      expect(trace?.cause).toMatchObject({ code: "action-unusable" });
      expect(trace?.findings).toMatchObject([{ severity: "error" }]);
    }
  });

  test("leads past no sign-in: that of the script counts, and that of the file", async () => {
    await using gateway = await startGateway({ config: { ...action, routes: [{ path: "/cgi-bin/", auth }] } });
    addSite(gateway);
    gateway.file(".htpasswd", password);
    symlinkSync("news/today.tpl", gateway.folder.file("link.tpl"));
    for (const path of ["/news/today.tpl", "/link.tpl"]) expect(statusOf(await gateway.get(path))).toBe(401);
    await using other = await startGateway({ config: { ...action, routes: [{ path: "/news/", auth }] } });
    addSite(other);
    other.file(".htpasswd", password);
    expect(statusOf(await other.get("/news/today.tpl"))).toBe(401);
  });

  test.each([
    ["asks for a password", { auth }, 401],
    ["denies everything", { deny: true }, 403],
  ])("leads past no route below the script that %s", async (_what, rule, status) => {
    await using gateway = await startGateway({
      config: { ...action, routes: [{ path: "/cgi-bin/engine/news/", ...rule }] },
    });
    addSite(gateway);
    gateway.file(".htpasswd", password);
    for (const path of ["/cgi-bin/engine/news/today.tpl", "/news/today.tpl"])
      expect(statusOf(await gateway.get(path))).toBe(status);
  });

  test.each([
    ["asks for a password", { auth }, 401],
    ["denies everything", { deny: true }, 403],
  ])("leads past no route that %s, also if the script's path is a link", async (_what, rule, status) => {
    await using gateway = await startGateway({ config: { ...action, routes: [{ path: "/private/", ...rule }] } });
    gateway.file(".htpasswd", password);
    gateway.file("news/today.tpl", "a template");
    gateway.script("private/engine", show);
    gateway.folder.makeFolder("cgi-bin");
    symlinkSync("../private/engine", gateway.folder.file("cgi-bin/engine"));
    for (const path of ["/cgi-bin/engine", "/news/today.tpl"]) expect(statusOf(await gateway.get(path))).toBe(status);
  });
});
