// Meta-variables that come from the request line and the body, RFC 3875 §4.1. What the script got is read from the
// kernel and held against the trace by `ask`.
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { request, startGateway } from "../../support/gateway.js";
import { ask, seenIn, seenScript, variableOf } from "../../support/seen.js";

const close = "Connection: close";
const get = (target: string, ...headers: string[]): string => request("GET", target, [close, ...headers]);
const post = (target: string, headers: readonly string[], body: string): string =>
  request("POST", target, [close, ...headers], body);

describe("the body's variables", () => {
  test("C02: CONTENT_LENGTH is there exactly when a body is, and is its length without transfer coding", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const length = async (bytes: string) => (await ask(gateway, bytes)).seen.env["CONTENT_LENGTH"];
    expect(await length(get("/x.sh"))).toBeUndefined();
    expect(await length(request("DELETE", "/x.sh", [close]))).toBeUndefined();
    expect(await length(post("/x.sh", ["Content-Length: 5"], "hello"))).toBe("5");
    expect(await length(post("/x.sh", ["Content-Length: 0"], ""))).toBe("0"); // said, and empty: as Apache has it
    expect(await length(post("/x.sh", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))).toBe("5");
    // A GET with a body is a request with a body.
    expect(await length(get("/x.sh", "Content-Length: 2").concat("ab"))).toBe("2");
    const sources = (await gateway.ended(6)).map((trace) => variableOf(trace, "CONTENT_LENGTH")?.source);
    expect(sources).toEqual([
      undefined,
      undefined,
      "header:Content-Length",
      "header:Content-Length",
      "header:Transfer-Encoding",
      "header:Content-Length",
    ]);
  });

  test("C03: CONTENT_TYPE is what the client said, and nothing when it said nothing", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const type = 'multipart/form-data; boundary="a b"';
    const said = await ask(gateway, post("/x.sh", [`content-type: ${type}`, "Content-Length: 1"], "x"));
    expect(said.seen.env["CONTENT_TYPE"]).toBe(type);
    expect(variableOf(said.trace, "CONTENT_TYPE")?.source).toBe("header:content-type");
    const unsaid = await ask(gateway, post("/x.sh", ["Content-Length: 1"], "x"));
    expect(unsaid.seen.env).not.toHaveProperty("CONTENT_TYPE");
  });
});

describe("the path's variables", () => {
  test("C05: PATH_INFO is decoded once, keeps its case, and an encoded slash is refused or decoded, as the policy says", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const { seen, trace } = await ask(gateway, get("/x.sh/Ab%20c/%C3%BC/%2541"));
    expect(seen.env["PATH_INFO"]).toBe("/Ab c/\xc3\xbc/%41");
    expect(trace.route).toMatchObject({ scriptName: "/x.sh", pathInfo: "/Ab c/\xc3\xbc/%41" });
    expect((await ask(gateway, get("/x.sh"))).seen.env).not.toHaveProperty("PATH_INFO");
    expect((await ask(gateway, get("/x.sh/"))).seen.env["PATH_INFO"]).toBe("/");

    expect(await gateway.get("/x.sh/a%2Fb")).toMatch(/^HTTP\/1\.1 404 /);
    expect((await gateway.ended(4)).at(-1)).toMatchObject({
      outcome: "bad-request",
      cause: coded("target-encoded-slash"),
      process: null,
    });
    await using decoding = await startGateway({ config: { policy: { encodedSlash: "decode" } } });
    decoding.script("x.sh", seenScript);
    const decoded = await ask(decoding, get("/x.sh/a%2Fb"));
    // What was lost can still be read.
    expect([decoded.seen.env["PATH_INFO"], decoded.seen.env["REQUEST_URI"]]).toEqual(["/a/b", "/x.sh/a%2Fb"]);
  });

  test("C06: PATH_TRANSLATED is the document root and PATH_INFO, and stays unset without one; no .. leads out of it", async () => {
    await using gateway = await startGateway();
    gateway.script("cgi-bin/x.sh", seenScript);
    const root = gateway.folder.path;
    expect((await ask(gateway, get("/cgi-bin/x.sh/a/b.txt"))).seen.env["PATH_TRANSLATED"]).toBe(`${root}/a/b.txt`);
    expect((await ask(gateway, get("/cgi-bin/x.sh"))).seen.env).not.toHaveProperty("PATH_TRANSLATED");
    expect((await ask(gateway, get("/cgi-bin/x.sh/a/%2e%2e/../x.sh/b"))).seen.env["PATH_TRANSLATED"]).toBe(`${root}/b`);
    expect(await gateway.get("/cgi-bin/x.sh/../../../etc/passwd")).toMatch(/^HTTP\/1\.1 404 /);
    const traces = await gateway.ended(4);
    expect(traces.map((trace) => variableOf(trace, "PATH_TRANSLATED")?.source)).toEqual([
      "server",
      undefined,
      "server",
      undefined,
    ]);
  });

  test("C06: PATH_TRANSLATED goes through the routes, and DOCUMENT_ROOT is where a route moves /", async () => {
    const routes = [
      { path: "/viewer", file: "bin/x.sh" },
      { path: "/shelf/", dir: "books" },
      { path: "/about", file: "books/about.txt" },
    ];
    await using gateway = await startGateway({ config: { routes } });
    gateway.script("bin/x.sh", seenScript);
    const root = gateway.folder.path;
    const translated = async (target: string) => (await ask(gateway, get(target))).seen.env["PATH_TRANSLATED"];
    expect(await translated("/viewer/shelf/y.djvu")).toBe(`${root}/books/y.djvu`);
    expect(await translated("/viewer/shelf")).toBe(`${root}/books`);
    expect(await translated("/viewer/shelves/y")).toBe(`${root}/shelves/y`);
    expect(await translated("/viewer/about/more")).toBe(`${root}/books/about.txt/more`);
    expect(await translated("/viewer")).toBeUndefined();

    await using moved = await startGateway({ config: { routes: [{ path: "/", dir: "site" }] } });
    moved.script("site/x.sh", seenScript);
    expect((await ask(moved, get("/x.sh/a"))).seen.env).toMatchObject({
      DOCUMENT_ROOT: `${moved.folder.path}/site`,
      PATH_TRANSLATED: `${moved.folder.path}/site/a`,
    });
  });

  test("C07: QUERY_STRING is always there, as it was sent", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const query = async (target: string) => (await ask(gateway, get(target))).seen.env["QUERY_STRING"];
    expect(await query("/x.sh")).toBe("");
    expect(await query("/x.sh?")).toBe("");
    expect(await query("/x.sh?a=%41+b&c=%2F?d")).toBe("a=%41+b&c=%2F?d");
    expect(await query("/x.sh/y?%zz=1")).toBe("%zz=1"); // not ours to judge
    expect((await gateway.ended(4)).map((trace) => variableOf(trace, "QUERY_STRING")?.source)).toEqual(
      Array(4).fill("request-line"),
    );
  });

  test("C13: SCRIPT_NAME is the decoded path of the script, with its slash and without PATH_INFO; both together are the path", async () => {
    await using gateway = await startGateway({ config: { routes: [{ path: "/app/", file: "cgi-bin/my x.sh" }] } });
    gateway.script("cgi-bin/my x.sh", seenScript);
    gateway.script("shop/index.cgi", seenScript);
    const name = async (target: string) => {
      const { seen, trace } = await ask(gateway, get(target));
      expect(variableOf(trace, "SCRIPT_NAME")).toEqual({
        name: "SCRIPT_NAME",
        value: seen.env["SCRIPT_NAME"],
        source: "request-line",
      });
      return [seen.env["SCRIPT_NAME"], seen.env["PATH_INFO"]];
    };
    expect(await name("/cgi-bin/my%20x.sh/in%20fo")).toEqual(["/cgi-bin/my x.sh", "/in fo"]);
    expect(await name("/cgi-bin/my%20x.sh")).toEqual(["/cgi-bin/my x.sh", undefined]);
    expect(await name("/app/a")).toEqual(["/app", "/a"]); // a route's path is its script's name
    expect(await name("/shop/")).toEqual(["/shop/index.cgi", undefined]); // the index that answers
  });
});

describe("the request line's variables", () => {
  test("C12: REQUEST_METHOD is what was sent, case and all: any token is a method", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "PURGE", "get", "BREW", "M.x_y~1"]) {
      const { seen, trace } = await ask(gateway, request(method, "/x.sh", [close]));
      expect([seen.env["REQUEST_METHOD"], trace.request.method]).toEqual([method, method]);
    }
  });

  test("C16: SERVER_PROTOCOL is the version of the request", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    expect((await ask(gateway, get("/x.sh"))).seen.env["SERVER_PROTOCOL"]).toBe("HTTP/1.1");
    expect((await ask(gateway, "GET /x.sh HTTP/1.0\r\n\r\n")).seen.env["SERVER_PROTOCOL"]).toBe("HTTP/1.0");
    // That one is for server-side includes.
    expect(seenIn(await gateway.ask("GET /x.sh HTTP/1.0\r\n\r\n")).env["SERVER_PROTOCOL"]).not.toBe("INCLUDED");
    expect((await gateway.ended(3)).map(({ request: { httpVersion } }) => httpVersion)).toEqual(["1.1", "1.0", "1.0"]);
  });
});
