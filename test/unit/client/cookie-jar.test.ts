import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CookieJar } from "../../../server/client/cookie-jar.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { coded } from "../../support/coded.js";

const here = { host: "127.0.0.1:8080", target: "/cgi-bin/login.py?x" };
const at = (target: string, host = here.host) => ({ host, target });

function jarWith(...lines: string[]): CookieJar {
  const jar = new CookieJar();
  expect(jar.keep(here, lines.map(utf8))).toEqual([]);
  return jar;
}

describe("RFC 6265: what is sent", () => {
  test("§5.1.4: the path, and the default one", () => {
    const jar = jarWith("a=1; Path=/", "b=2");
    expect(jar.header(at("/cgi-bin/other.py"))).toBe("b=2; a=1"); // §5.4: longer paths first
    expect(jar.header(at("/cgi-bin"))).toBe("b=2; a=1");
    expect(jar.header(at("/cgi-binary"))).toBe("a=1");
  });

  test("§5.3: the same name, domain and path replaces", () => {
    expect(jarWith("a=1; Path=/", "a=2; Path=/").header(here)).toBe("a=2");
  });

  test("cookies know hosts, not ports", () => {
    expect(jarWith("a=1").header(at("/cgi-bin/x", "127.0.0.1:9"))).toBe("a=1");
    expect(jarWith("a=1").header(at("/cgi-bin/x", "localhost:8080"))).toBeNull();
  });

  test("§5.1.3: Domain reaches hosts below it, without it the host alone", () => {
    const jar = new CookieJar();
    jar.keep(at("/", "shop.example.com"), [utf8("all=1; Domain=example.com"), utf8("one=1")]);
    expect(jar.header(at("/", "shop.example.com:8080"))).toBe("all=1; one=1");
    expect(jar.header(at("/", "www.example.com"))).toBe("all=1");
    expect(jar.header(at("/", "badexample.com"))).toBeNull();
  });

  test("§5.2.1 and 5.2.2: an expiry in the past removes, Max-Age wins over Expires", () => {
    const jar = jarWith("a=1", "b=1; Expires=Wed, 01 Jan 2020 00:00:00 GMT; Max-Age=100");
    expect(jar.header(here)).toBe("a=1; b=1");
    jar.keep(here, [utf8("a=; Expires=Thu, 01-Jan-1970 00:00:00 GMT")]);
    expect(jar.header(here)).toBe("b=1");
  });

  test("§5.2.2: Max-Age counts from when the cookie was received, however often it is sent", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    const jar = jarWith("a=1; Max-Age=10", "b=1; Max-Age=9; Expires=Wed, 01 Jan 2020 00:00:00 GMT", "c=1");
    vi.setSystemTime(8000);
    expect(jar.header(here)).toBe("a=1; b=1; c=1");
    expect((await jar.list(here)).cookies.map(({ expiresAt }) => expiresAt)).toEqual([10_000, 9000, null]);
    vi.setSystemTime(9999);
    expect(jar.header(here)).toBe("a=1; c=1");
    vi.setSystemTime(10_000);
    expect(jar.header(here)).toBe("c=1");
  });

  test("§5.2.2: Max-Age of 0 or less removes, and one beyond all dates stays", async () => {
    const jar = jarWith("a=1", "b=1; Max-Age=60", `c=1; Max-Age=${"9".repeat(400)}`, "d=1; Max-Age=99999999999999");
    jar.keep(here, ["a=; Max-Age=0", "b=; Max-Age=-1; Expires=Wed, 01 Jan 2200 00:00:00 GMT"].map(utf8));
    expect(jar.header(here)).toBe("c=1; d=1");
    expect((await jar.list(here)).cookies.map(({ expiresAt }) => expiresAt)).toEqual([8.64e15, 8.64e15]);
  });

  test("§5.4: a Secure cookie is kept, and withheld over http with its reason; an HttpOnly cookie is sent", async () => {
    const jar = jarWith("s=1; Secure", "h=1; HttpOnly");
    expect(jar.header(here)).toBe("h=1");
    const { cookies } = await jar.list(here);
    expect(cookies).toMatchObject([
      { name: "h", httpOnly: true, withheld: null },
      { name: "s", secure: true, withheld: coded("cookie-secure-only") },
    ]);
  });

  test("bytes come back as they were", () => {
    const jar = new CookieJar();
    jar.keep(here, [utf8("who=voilà"), byteString("raw=\xfc\xa0")]);
    expect(jar.header(here)).toBe("who=voil\xc3\xa0; raw=\xfc\xa0");
  });
});

test("a cookie that is not kept is reported with the reason", () => {
  const jar = new CookieJar();
  const refused = jar.keep(here, [utf8("a=1; Domain=example.org"), utf8("=x"), utf8("__Host-b=1"), utf8("ok=1")]);
  expect(refused.map(([line]) => line)).toEqual(["a=1; Domain=example.org", "=x", "__Host-b=1"]);
  expect(refused.map(([, why]) => why.code)).toEqual(["cookie-other-host", "cookie-malformed", "cookie-host-prefix"]);
  expect(jar.header(here)).toBe("ok=1");
});

test("Domain may not be a public suffix", () => {
  const jar = new CookieJar();
  expect(jar.keep(at("/", "shop.co.uk"), [utf8("a=1; Domain=co.uk")])).toEqual([
    [expect.any(String), coded("cookie-public-suffix")],
  ]);
});

test("§5.3 step 5: a public suffix that is the host itself may have a cookie, of this host alone", async () => {
  const jar = new CookieJar();
  expect(jar.keep(at("/", "devbox:8080"), [utf8("a=1; Domain=.DevBox")])).toEqual([]);
  expect(jar.header(at("/", "devbox"))).toBe("a=1");
  expect(jar.header(at("/", "a.devbox"))).toBeNull();
  expect((await jar.list(at("/", "devbox"))).cookies).toMatchObject([{ domain: "devbox", hostOnly: true }]);
});

test("RFC 6265bis §5.7: the prefixes of names hold in any case", () => {
  const jar = new CookieJar();
  const refused = jar.keep(
    here,
    ["__secure-a=1", "__HOST-b=1; Secure", "__Host-c=1; Secure; Path=/; Domain=127.0.0.1"].map(utf8),
  );
  const prefixes = ["cookie-secure-prefix", "cookie-host-prefix", "cookie-host-prefix"];
  expect(refused.map(([, why]) => why.code)).toEqual(prefixes);
  expect(jar.keep(here, ["__Secure-a=1; Secure", "__Host-b=1; Secure; Path=/"].map(utf8))).toEqual([]);
});

describe("by hand", () => {
  const cookie = {
    name: "a",
    value: "ü",
    domain: "127.0.0.1",
    path: "/",
    hostOnly: true,
    expiresAt: null,
    secure: false,
    httpOnly: false,
    sameSite: null,
  };

  test("put in, renamed, removed, emptied", async () => {
    const jar = new CookieJar();
    await jar.set(cookie, null);
    expect(jar.header(here)).toBe("a=\xc3\xbc");
    await jar.set({ ...cookie, name: "b", value: "2" }, cookie);
    expect(jar.header(here)).toBe("b=2");
    await jar.remove({ ...cookie, name: "b" });
    expect(jar.header(here)).toBeNull();
    await jar.set(cookie, null);
    jar.clear();
    expect((await jar.list(here)).cookies).toEqual([]);
  });

  test("the list says what is elsewhere", async () => {
    const jar = new CookieJar();
    await jar.set({ ...cookie, path: "/shop" }, null);
    await jar.set({ ...cookie, domain: "example.com" }, null);
    const { cookies, header } = await jar.list(here);
    expect(header).toBeNull();
    expect(cookies.map(({ withheld }) => withheld?.code).toSorted()).toEqual([
      "cookie-for-other-domain",
      "cookie-for-other-path",
    ]);
  });

  test("what could never be sent is refused", async () => {
    const jar = new CookieJar();
    for (const bad of [
      { name: "" },
      { name: "a b" },
      { value: "a;b" },
      { value: "a\nb" },
      { path: "x" },
      { domain: "" },
    ])
      await expect(jar.set({ ...cookie, ...bad }, null)).rejects.toMatchObject({ problem: { code: "bad-cookie" } });
  });
});

describe("RFC 6265 §6.1: limits", () => {
  test("a host keeps its newest 180 cookies, and another host's stay (B11)", async () => {
    const jar = new CookieJar();
    jar.keep(at("/", "other.test"), [utf8("kept=1")]);
    const names = Array.from({ length: 1400 }, (_, nth) => `c${nth}`);
    for (let from = 0; from < names.length; from += 700)
      jar.keep(
        here,
        names.slice(from, from + 700).map((name) => utf8(`${name}=${"x".repeat(40)}; Path=/`)),
      );
    const { cookies } = await jar.list(here);
    expect(cookies.filter(({ domain }) => domain === "127.0.0.1").map(({ name }) => name)).toEqual(names.slice(-180));
    expect(jar.header(at("/", "other.test"))).toBe("kept=1");
  });

  test("a cookie beyond 4,096 bytes is not kept, and a request carries 32 KiB of cookies at most", () => {
    const jar = new CookieJar();
    const large = utf8(`large=${"x".repeat(4096)}`);
    expect(jar.keep(here, [large])).toEqual([[large, coded("cookie-too-large", { bytes: 4101, limitBytes: 4096 })]]);
    // RFC 6265bis §5.6: attributes do not count, and one of more than 1,024 bytes is ignored.
    const attributes = `Path=/; HttpOnly; SameSite=Lax; Path=/${"p".repeat(1024)}`;
    expect(jar.keep(here, [utf8(`s=${"x".repeat(4095)}; ${attributes}`)])).toEqual([]);
    expect(jar.header(at("/"))).toHaveLength(4097);
    jar.clear();
    jar.keep(
      here,
      Array.from({ length: 100 }, (_, nth) => utf8(`c${nth}=${"x".repeat(1000)}; Path=/`)),
    );
    expect(jar.header(here)?.length).toBeGreaterThan(30_000);
    expect(jar.header(here)?.length).toBeLessThanOrEqual(32_768);
  });
});
