import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import { checkHostField, checkOrigin } from "../../../server/http/access/origin-check.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import type { RequestHead } from "../../../server/protocol/request.js";
import { parseTarget } from "../../../server/protocol/target.js";

const local = {
  localAddress: "192.168.1.5",
  localPort: 8080,
  ownNames: new Set(["127.0.0.1", "[::1]", "localhost"]),
};
const settings = {
  hosts: new Set(["shop.test", "[fd00::1]"]),
  allowedOrigins: new Set(["https://friend.test"]),
  serviceWorkers: false,
};

function head(headers: Record<string, string>, method = "GET", httpVersion: "1.0" | "1.1" = "1.1"): RequestHead {
  return {
    method: byteString(method),
    target: byteString("/"),
    httpVersion,
    headers: Object.entries(headers).map(([name, value]) => [byteString(name), byteString(value)]),
  };
}
function status(headers: Record<string, string>, method = "GET", target = "/"): number | null {
  const parsed = parseTarget(byteString(target), defaultPolicy);
  if (!parsed.ok) throw new Error(wordsOf(parsed.why.text));
  return checkOrigin(head(headers, method), parsed.target, local, settings, false)?.status ?? null;
}

describe("the Host field (RFC 9112 §3.2)", () => {
  test.each(["localhost", "localhost:8080", "a.b:", "[::1]:1", "192.168.1.5", "", "x_y.test"])(
    "%j is well-formed",
    (host) => {
      expect(checkHostField(head({ Host: host }))).toBeNull();
    },
  );
  test.each(["a b", "a/b", "user@host", "[::1", "a:b", "a:123456", "a,b:1:2"])("%j is not", (host) => {
    expect(checkHostField(head({ Host: host }))).toMatchObject({ status: 400 });
  });
  test("only HTTP/1.0 can do without", () => {
    expect(checkHostField(head({}))).toMatchObject({ status: 400 });
    expect(checkHostField(head({}, "GET", "1.0"))).toBeNull();
  });
});

describe("DNS rebinding", () => {
  test.each([
    "localhost",
    "LOCALHOST.",
    "x.localhost:1",
    "127.0.0.1",
    "127.1.2.3:80",
    "[::1]",
    "192.168.1.5:8080",
    "shop.test",
    "Shop.Test:1",
    "[fd00::1]:2",
  ])("%s is ours", (Host) => {
    expect(status({ Host })).toBeNull();
  });
  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "192.168.1.6",
    "[::2]",
    "127.0.0.256.nip.io",
  ])("%s is not", (Host) => {
    expect(status({ Host })).toBe(421);
  });
  test("the authority of an absolute target counts, not the Host field", () => {
    expect(status({ Host: "localhost" }, "GET", "http://evil.example/")).toBe(421);
    expect(status({ Host: "evil.example" }, "GET", "http://localhost/")).toBeNull();
  });
});

describe("foreign origins", () => {
  test.each(["GET", "HEAD", "OPTIONS"])("%s may come from anywhere", (method) => {
    expect(status({ Host: "localhost", Origin: "http://evil.example" }, method)).toBeNull();
  });
  test.each([
    "http://evil.example",
    "null",
    "http://localhost:81",
    "https://localhost:8080",
    "http://localhost:8080.evil.example",
    "file://",
    "http://127.0.0.2:8080",
    "http://shop.localhost:8080",
  ])("an unsafe method from %s is refused", (Origin) => {
    expect(status({ Host: "localhost:8080", Origin }, "POST")).toBe(403);
  });
  test.each([
    "http://localhost:8080",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
    "http://shop.test:8080",
    "https://friend.test",
  ])("%s may", (Origin) => {
    expect(status({ Host: "localhost:8080", Origin }, "POST")).toBeNull();
  });
  test.each(["http://127.0.0.2:8080", "http://x.localhost:8080"])(
    "in the background nothing comes from %s, where another program may listen (C2)",
    (Origin) => {
      const background = { Host: "127.0.0.1:8080", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors" };
      expect(status({ ...background, Origin })).toBe(403);
      expect(status({ ...background, Referer: `${Origin}/page` })).toBe(403);
      expect(status({ ...background, Origin: "http://localhost:8080" })).toBeNull();
      expect(status({ ...background, Origin: "http://shop.test:8080" })).toBe(403);
    },
  );
  test("an unsafe method without Origin counts as sent from the page of its Referer (D4)", () => {
    expect(status({ Host: "localhost:8080", Referer: "http://evil.example/form" }, "POST")).toBe(403);
    expect(status({ Host: "localhost:8080", Referer: "http://127.0.0.1:8080/form" }, "POST")).toBeNull();
    expect(status({ Host: "localhost:8080", Referer: "http://evil.example/form" })).toBeNull();
  });
  test("without Origin it is no browser's page", () => {
    expect(status({ Host: "localhost" }, "DELETE")).toBeNull();
  });
  test("a page of the same origin that hides it", () => {
    expect(status({ Host: "localhost", Origin: "null", "Sec-Fetch-Site": "same-origin" }, "POST")).toBeNull();
    expect(status({ Host: "localhost", Origin: "null", "Sec-Fetch-Site": "cross-site" }, "POST")).toBe(403);
  });
});
