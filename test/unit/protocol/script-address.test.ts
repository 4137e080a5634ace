// Addresses of the script origin: which there are, and how a request's target becomes one.
import { expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { addressOf, browsableOrigin, scriptPort } from "../../../server/protocol/script-address.js";
import { contentSecurityPolicy } from "../../../server/window/csp.js";

test("only plain HTTP at localhost, 127.0.0.1 or ::1 has a script port (C2)", () => {
  expect(
    ["http://127.0.0.1:8080/x", "http://localhost/", "http://[::1]:1/", "http://a.localhost:2/"].map(scriptPort),
  ).toEqual([8080, 80, 1, 2]);
  const others = [
    "https://127.0.0.1/",
    "http://10.0.0.1/",
    "http://127.0.0.2:8080/",
    "http://[::ffff:127.0.0.1]/",
    "http://user@127.0.0.1/",
    "http://127.0.0.1.example.com/",
    "file:///x",
    "app://workbench/",
    "javascript:1",
    "x",
  ];
  expect(others.map(scriptPort)).toEqual(others.map(() => null));
});

test("a server on all addresses is reached at a loopback one, one elsewhere not at all", () => {
  expect(["http://0.0.0.0:81", "http://[::]:81", "http://[::1]:81", "http://localhost"].map(browsableOrigin)).toEqual([
    "http://127.0.0.1:81",
    "http://127.0.0.1:81",
    "http://localhost:81",
    "http://localhost",
  ]);
  expect(["http://192.168.1.5:8080", "http://127.0.0.2:81"].map(browsableOrigin)).toEqual([null, null]);
});

test("the content policy of the window lets it frame what a preview may show", () => {
  const [, sources = ""] = /frame-src ([^;]*)/.exec(contentSecurityPolicy({ frames: true })) ?? [];
  const isAllowed = (origin: string): boolean =>
    sources.split(" ").some((source) => {
      const pattern = source.replaceAll(".", "\\.").replace("//*", "//.+").replace(":*", "(?::\\d+)?");
      return new RegExp(`^${pattern}$`).test(origin);
    });
  const origins = ["127.0.0.1:81", "127.0.0.1", "[::1]:81", "shop.localhost:81", "0.0.0.0:81"].map(
    (host) => browsableOrigin(`http://${host}`) ?? expect.fail(host),
  );
  expect(origins.filter((origin) => !isAllowed(origin))).toEqual([]);
  expect(isAllowed("http://127.0.0.2:81")).toBe(false);
});

test("a target becomes the address that a browser would ask for", () => {
  const origin = "http://127.0.0.1:8080";
  const path = (target: string): string | undefined => addressOf(byteString(target), origin)?.href.slice(origin.length);
  expect(path("/a?b=c")).toBe("/a?b=c");
  expect(path("/J\xc3\xbcrgen x?q=\xfc#1")).toBe("/J%C3%BCrgen%20x?q=%FC%231");
  expect(path("//example.com/x")).toBe("//example.com/x"); // a path here, never another host
  expect(path("/a/../b")).toBe("/b");
  expect(path("http://shop.test/x?y")).toBe("/x?y");
  expect([path("*"), path("example.com:443"), path("\\\\example.com"), path("")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
