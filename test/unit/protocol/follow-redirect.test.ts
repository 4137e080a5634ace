import { describe, expect, test } from "vitest";
import { nextHop, withoutBodyHeaders } from "../../../server/protocol/follow-redirect.js";
import { coded } from "../../support/coded.js";

const from = (method: string, target = "/cgi-bin/a.py?x=1") => ({ method, target });
const host = "127.0.0.1:8080";
const hop = (method: string, status: number, location: string[], aliases: string[] = []) =>
  nextHop(from(method), status, location, host, aliases);

describe("RFC 9110 §15.4: the method of the redirected request", () => {
  for (const [status, method, next, keepsBody] of [
    [301, "POST", "GET", false],
    [302, "POST", "GET", false],
    [302, "PUT", "PUT", true],
    [303, "PUT", "GET", false],
    [303, "HEAD", "HEAD", true],
    [307, "POST", "POST", true],
    [308, "POST", "POST", true],
  ] as const) {
    test(`${status} after ${method}: ${next}`, () =>
      expect(hop(method, status, ["/b"])).toEqual({
        kind: "follow",
        method: next,
        target: "/b",
        host: null,
        keepsBody,
      }));
  }
});

test("Location is a reference against the request's target, its fragment stays here", () => {
  expect(hop("GET", 302, ["b.py?y=2#part"])).toMatchObject({ target: "/cgi-bin/b.py?y=2" });
  expect(hop("GET", 302, ["?z"])).toMatchObject({ target: "/cgi-bin/a.py?z" });
  expect(hop("GET", 302, ["http://localhost:8080/c"], ["localhost:8080"])).toMatchObject({
    target: "/c",
    host: "localhost:8080",
  });
  expect(nextHop(from("GET"), 302, ["http://shop.test/"], "shop.test:80", [])).toMatchObject({
    target: "/",
    host: null,
  });
});

test("another server, no address, or two are not followed, with the reason", () => {
  expect(hop("GET", 302, ["http://example.com/x"])).toEqual({
    kind: "refused",
    why: coded("leads-to-other-server", { origin: "http://example.com" }),
  });
  expect(hop("GET", 302, ["https://127.0.0.1:8080/x"])).toMatchObject({ kind: "refused" });
  expect(hop("GET", 302, ["http://"])).toMatchObject({ kind: "refused" });
  expect(hop("GET", 302, ["/a", "/b"])).toMatchObject({ kind: "refused" });
});

test("without Location, or with another status, there is nothing to follow", () => {
  expect(hop("GET", 302, [])).toEqual({ kind: "none" });
  expect(hop("GET", 201, ["/b"])).toEqual({ kind: "none" });
});

test("headers about the body go with the body", () => {
  expect(
    withoutBodyHeaders([
      ["Content-Type", "a"],
      ["Accept", "b"],
      ["Expect", "100-continue"],
    ]),
  ).toEqual([["Accept", "b"]]);
});
