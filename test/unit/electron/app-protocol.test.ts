// The window's own files behind app://: nothing outside of the build's folder, nothing
// but GET and HEAD, always under the policy.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appProtocol, appScheme } from "../../../electron/app-protocol.js";
import { contentSecurityPolicy } from "../../../server/window/csp.js";
import { tempFolder } from "../../support/temp-workspace.js";

const folder = tempFolder();
const root = join(folder.path, "renderer");
const get = appProtocol(root);
/** As Chromium asks: the address is a URL already. */
const ask = (path: string, method = "GET"): Promise<Response> => get(new Request(`app://workbench${path}`, { method }));

beforeAll(() => {
  mkdirSync(join(root, "assets"), { recursive: true });
  folder.write("secret.txt", "secret");
  folder.write("renderer/index.html", "<!doctype html>page");
  folder.write("renderer/assets/index-abc.js", "code()");
  folder.write("renderer/with space.css", "a{}");
  symlinkSync(join(folder.path, "secret.txt"), join(root, "out.txt"));
  symlinkSync(folder.path, join(root, "up"));
  symlinkSync("index.html", join(root, "in.html"));
});
afterAll(() => folder[Symbol.dispose]());

describe("app://", () => {
  test("gives a file with its type and the security headers", async () => {
    const response = await ask("/");
    expect(await response.text()).toBe("<!doctype html>page");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentSecurityPolicy(),
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
  });

  test("a hashed asset may be kept for ever; a query changes nothing; names are decoded once", async () => {
    const script = await ask("/assets/index-abc.js?x=1");
    expect([script.status, script.headers.get("content-type"), script.headers.get("cache-control")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
      "max-age=31536000, immutable",
    ]);
    expect((await ask("/with%20space.css")).status).toBe(200);
    expect((await ask("/with%2520space.css")).status).toBe(404);
    expect((await ask("/in.html")).status).toBe(200); // a link inside
  });

  const outside = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/%5c..%5csecret.txt",
  ];
  const odd = [
    "//etc/passwd",
    "/%2fetc/passwd",
    "/a%00b",
    "/index.html%00.js",
    "/%",
    "/%zz",
    "/C:/x",
    "/assets/",
    "/assets",
    "/./index.html%2f",
    "/nothing",
  ];
  test.each([...outside, ...odd, "/out.txt", "/up/secret.txt"])("%s is not found", async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
    expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy());
  });

  test("another host is not found, other methods are refused, HEAD has no body", async () => {
    expect((await get(new Request("app://other/index.html"))).status).toBe(404);
    expect((await ask("/index.html", "POST")).status).toBe(405);
    expect((await ask("/index.html", "DELETE")).status).toBe(405);
    const head = await ask("/index.html", "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("the scheme bypasses neither CSP nor CORS and has no service workers", () => {
    expect(appScheme).toEqual({
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });
});
