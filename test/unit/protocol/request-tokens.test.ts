import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { normalPath } from "../../../server/protocol/path-segments.js";
import { percentDecode } from "../../../server/protocol/percent.js";
import { requestTokens } from "../../../server/protocol/request-tokens.js";
import { anyBytes, bytesOver } from "./arbitraries.js";

const b = byteString;
const pieces = (head: string, scriptName: string, pathInfo = "") =>
  requestTokens(b(head), { scriptName: b(scriptName), pathInfo: b(pathInfo) }).map(({ from, to, is, variable }) => [
    is,
    head.slice(from, to),
    variable,
  ]);
/** Which part of the target is which, without the rest. */
const target = (raw: string, scriptName: string, pathInfo = "") =>
  pieces(`GET ${raw} HTTP/1.1\r\n\r\n`, scriptName, pathInfo)
    .filter(([is]) => is === "script-name" || is === "path-info")
    .map(([is, text]) => [is, text]);

describe("requestPieces", () => {
  test("a head, whole", () => {
    const head =
      "POST /cgi-bin/a.py/list?name=J%C3%BC HTTP/1.1\r\nHost: a.test\r\nContent-Type:text/plain \r\nAccept-Language: de\r\nProxy: x\r\n\r\n";
    expect(pieces(head, "/cgi-bin/a.py", "/list")).toEqual([
      ["method", "POST", "REQUEST_METHOD"],
      ["other", " ", null],
      ["script-name", "/cgi-bin/a.py", "SCRIPT_NAME"],
      ["path-info", "/list", "PATH_INFO"],
      ["other", "?", null],
      ["query", "name=J%C3%BC", "QUERY_STRING"],
      ["other", " ", null],
      ["version", "HTTP/1.1", "SERVER_PROTOCOL"],
      ["line-end", "\r\n", null],
      ["header-name", "Host", "HTTP_HOST"],
      ["other", ": ", "HTTP_HOST"],
      ["header-value", "a.test", "HTTP_HOST"],
      ["line-end", "\r\n", null],
      ["header-name", "Content-Type", "CONTENT_TYPE"],
      ["other", ":", "CONTENT_TYPE"],
      ["header-value", "text/plain", "CONTENT_TYPE"],
      ["other", " ", null],
      ["line-end", "\r\n", null],
      ["header-name", "Accept-Language", "HTTP_ACCEPT_LANGUAGE"],
      ["other", ": ", "HTTP_ACCEPT_LANGUAGE"],
      ["header-value", "de", "HTTP_ACCEPT_LANGUAGE"],
      ["line-end", "\r\n", null],
      ["header-name", "Proxy", null],
      ["other", ": ", null],
      ["header-value", "x", null],
      ["line-end", "\r\n", null],
      ["line-end", "\r\n", null],
    ]);
  });

  test("where the target names the host, Host becomes no variable", () => {
    const head = "GET http://a.test/a HTTP/1.1\r\nHost: b.test\r\n\r\n";
    const found = pieces(head, "/a");
    expect(found).toContainEqual(["other", "http://a.test", "SERVER_NAME"]);
    expect(found).toContainEqual(["header-name", "Host", null]);
    expect(found).toContainEqual(["header-value", "b.test", null]);
  });

  test.each([
    ["/a.cgi", "/a.cgi", "", "/a.cgi", ""],
    ["/a.cgi/", "/a.cgi", "/", "/a.cgi", "/"],
    ["/%61.cgi/J%C3%BC%20x", "/a.cgi", "/J\xc3\xbc x", "/%61.cgi", "/J%C3%BC%20x"],
    ["/a.cgi%2Fx", "/a.cgi", "/x", "/a.cgi", "%2Fx"],
    ["//d/./e/..//a.cgi//x/../y", "/d/a.cgi", "/y", "//d/./e/..//a.cgi", "//x/../y"],
    ["/git/r.git/info", "/git", "/r.git/info", "/git", "/r.git/info"],
    ["/shop/", "/shop/index.cgi", "", "/shop/", ""],
    ["/shop", "", "/shop", "", "/shop"],
    ["http://h:1/a.cgi/x", "/a.cgi", "/x", "/a.cgi", "/x"],
  ])("%s is SCRIPT_NAME %s and PATH_INFO %s", (raw, scriptName, pathInfo, rawName, rawInfo) => {
    const expected = [
      ...(rawName === "" ? [] : [["script-name", rawName]]),
      ...(rawInfo === "" ? [] : [["path-info", rawInfo]]),
    ];
    expect(target(raw, scriptName, pathInfo)).toEqual(expected);
  });

  test.each([
    ["/a", "/b", ""],
    ["/a", "", ""],
    ["/a/b", "/a/b", "/c"],
    ["/shop", "/shop/index.cgi", ""],
    ["*", "", ""],
  ])("%s does not line up with %s and %s: one piece, no guess", (raw, scriptName, pathInfo) => {
    expect(pieces(`GET ${raw} HTTP/1.1\r\n\r\n`, scriptName, pathInfo)[2]).toEqual(["other", raw, null]);
  });

  test("what the grammar refuses is marked at its bytes, and the rest is still covered", () => {
    expect(pieces("(garbage", "/")).toEqual([
      ["invalid", "(", null],
      ["other", "garbage", null],
    ]);
    expect(pieces("GET /a HTTP/1.1\r\nno colon\r\nA: b\r\n\r\n", "/a").slice(6)).toEqual([
      ["invalid", "no colon", null],
      ["line-end", "\r\n", null],
      ["other", "A: b", null],
      ["line-end", "\r\n", null],
      ["line-end", "\r\n", null],
    ]);
    expect(pieces("GET /a HTTP/1.1\r\nA : b\r\n\r\n", "/a").slice(6, 9)).toEqual([
      ["other", "A", null],
      ["invalid", " ", null],
      ["other", ": b", null],
    ]);
    expect(pieces("", "/a")).toEqual([]);
  });

  test("pieces cover any head without gaps", () => {
    const head = fc.oneof(
      anyBytes(),
      fc
        .tuple(bytesOver("/a.%2fF?#", 20), bytesOver("Aa: \t\r\n", 40))
        .map(([path, rest]) => b(`GET /${path} HTTP/1.1\r\n${rest}`)),
    );
    fc.assert(
      fc.property(head, bytesOver("/a.", 6), bytesOver("/a.", 6), (text, scriptName, pathInfo) => {
        let at = 0;
        for (const piece of requestTokens(text, { scriptName, pathInfo })) {
          expect(piece.from).toBe(at);
          expect(piece.to).toBeGreaterThan(at);
          at = piece.to;
        }
        expect(at).toBe(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("wherever a path is split, its raw pieces mean SCRIPT_NAME and PATH_INFO, and nothing of it is lost", () => {
    fc.assert(
      fc.property(bytesOver("/ab.%2fF41", 24), fc.nat(), (rest, splitAt) => {
        const raw = `/${rest}`;
        if (percentDecode(b(raw)).malformedAt.length > 0) return;
        const { path, segments } = normalPath(b(raw));
        const count = splitAt % (segments.length + 1);
        const scriptName = segments
          .slice(0, count)
          .map(({ text }) => `/${text}`)
          .join("");
        const pathInfo = path === scriptName ? "" : path.slice(scriptName.length);
        const found = target(raw, scriptName, pathInfo);
        expect(found.map(([, text]) => text).join("")).toBe(raw);
        const rawName = found.find(([is]) => is === "script-name")?.[1] ?? "";
        expect(rawName === "" ? "" : normalPath(b(rawName)).path.replace(/\/$/, pathInfo === "" ? "/" : "")).toBe(
          rawName === ""
            ? ""
            : pathInfo === "" && path.endsWith("/")
              ? `${scriptName}/`.replace("//", "/")
              : scriptName,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
