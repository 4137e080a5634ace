import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { parseTarget, type Target } from "../../../server/protocol/target.js";
import { coded } from "../../support/coded.js";
import { bytesOver } from "./arbitraries.js";

const decoding = { ...defaultPolicy, encodedSlash: "decode" } as const;
const parse = (raw: string, policy: typeof defaultPolicy = decoding) => parseTarget(byteString(raw), policy);
function parsed(raw: string): Target {
  const result = parse(raw);
  if (!result.ok) throw new Error(wordsOf(result.why.text));
  return result.target;
}

describe("parseTarget, RFC 9112 §3.2", () => {
  test.each([
    ["/", "/", ""],
    ["/a/b.cgi", "/a/b.cgi", ""],
    ["/a?b?c", "/a", "b?c"],
    ["/a?", "/a", ""],
    ["/a?%zz%00", "/a", "%zz%00"],
    ["/J%C3%BCrgen", "/J\xc3\xbcrgen", ""],
    ["/a/.hidden/...", "/a/.hidden/...", ""],
  ])("origin form %j: path %j, query %j", (raw, path, query) => {
    expect(parsed(raw)).toEqual({ raw, path, query, authority: null });
  });

  test.each([
    ["http://a.test/x?y", "/x", "y", "a.test"],
    ["HTTP://a.test:8080/x", "/x", "", "a.test:8080"],
    ["http://a.test", "/", "", "a.test"],
    ["http://a.test?q", "/", "q", "a.test"],
    ["https://[::1]:1/%41", "/A", "", "[::1]:1"],
  ])("absolute form %j, §3.2.2", (raw, path, query, authority) => {
    expect(parsed(raw)).toMatchObject({ path, query, authority });
  });

  test.each([
    ["", 400],
    ["*", 404],
    ["a", 400],
    ["ftp://a/b", 400],
    ["http:///b", 400],
    ["http://u:p@h/b", 400],
    ["http://a b/", 400],
    ["http://[::1/", 400],
    ["/a#b", 400],
    ["/a b", 400],
    ["/a\x00", 400],
    ["/%00", 400],
    ["/%", 400],
    ["/%4", 400],
    ["/%zz", 400],
  ])("refuses %j with %i and says why", (raw, status) => {
    expect(parse(raw)).toMatchObject({ ok: false, status, why: { code: expect.stringMatching(/^target-/) } });
  });

  test.each([
    ["/a/../b", "/b"],
    ["/a/./b/.", "/a/b/"],
    ["/a/b/..", "/a/"],
    ["/../../etc/passwd", "/etc/passwd"],
    ["//a///b//", "/a/b/"],
    ["/a//../b", "/b"],
    ["/%2e%2E/%2e/x", "/x"],
    ["/a/%2e%2e%2f%2e%2e%2fetc", "/etc"],
    ["/a%2Fb", "/a/b"],
    ["/a/%252e%252e/b", "/a/%2e%2e/b"],
    ["/..", "/"],
  ])("%j means %j: decoded once, then resolved, RFC 3875 §8.1", (raw, path) => {
    expect(parsed(raw).path).toBe(path);
  });

  test("an encoded slash is refused with 404 where the policy says so, RFC 3875 §4.1.5", () => {
    expect(parse("/a%2fb", defaultPolicy)).toMatchObject({
      ok: false,
      status: 404,
      why: coded("target-encoded-slash"),
    });
    expect(parse("/a?b=%2f", defaultPolicy)).toMatchObject({ ok: true });
  });

  test("no spelling of a path leaves the root, doubles a slash, or holds a NUL", () => {
    fc.assert(
      fc.property(bytesOver("//..%25e2EfF0a?\\\xff"), (rest) => {
        const result = parse(`/${rest}`);
        if (!result.ok) return;
        const segments = result.target.path.split("/");
        expect(segments[0]).toBe("");
        expect(segments.slice(1, -1)).not.toContain("");
        expect(segments).not.toContain(".");
        expect(segments).not.toContain("..");
        expect(result.target.path).not.toContain("\0");
      }),
      { numRuns: 2000 },
    );
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void parse(String.fromCharCode(...bytes))),
      { numRuns: 500 },
    );
  });
});
