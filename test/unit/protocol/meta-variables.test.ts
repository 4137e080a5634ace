import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { wordsOf } from "../../../server/contract/message.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { type MetaVariableInput, metaVariables } from "../../../server/protocol/meta-variables.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import type { HeaderPair } from "../../../server/protocol/request.js";
import { parseTarget } from "../../../server/protocol/target.js";
import { anyBytes, bytesOver } from "./arbitraries.js";

const b = byteString;
const pairs = (headers: readonly (readonly [string, string])[]): HeaderPair[] =>
  headers.map(([name, value]) => [b(name), b(value)]);
const map = (entries: Record<string, string>): ReadonlyMap<ByteString, ByteString> =>
  new Map(pairs(Object.entries(entries)));

interface Given {
  readonly target?: string;
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly route?: Partial<MetaVariableInput["route"]>;
  readonly rest?: Partial<MetaVariableInput>;
}
function given({
  target = "/cgi-bin/a.py/x%20y?q=1",
  method = "GET",
  headers = [["Host", "shop.test:99"]],
  route = {},
  rest = {},
}: Given = {}): MetaVariableInput {
  const result = parseTarget(b(target), defaultPolicy);
  if (!result.ok) throw new Error(wordsOf(result.why.text));
  return {
    request: { method: b(method), target: b(target), httpVersion: "1.1", headers: pairs(headers) },
    target: result.target,
    route: {
      scriptName: b("/cgi-bin/a.py"),
      pathInfo: b("/x y"),
      file: b("/w/cgi-bin/a.py"),
      documentRoot: b("/w"),
      variables: new Map(),
      passAuthorization: false,
      ...route,
    },
    connection: { remoteAddress: "::ffff:127.0.0.1", remotePort: 4711, localAddress: "::1", localPort: 8080 },
    contentLength: null,
    serverSoftware: b("Test/1"),
    auth: null,
    inherited: new Map(),
    overrides: new Map(),
    policy: defaultPolicy,
    ...rest,
  };
}
const values = (input: MetaVariableInput): Record<string, string> =>
  Object.fromEntries(metaVariables(input).variables.map(({ name, value }) => [name, value]));
const sourceOf = (input: MetaVariableInput, name: string) =>
  metaVariables(input).variables.find((variable) => variable.name === name)?.source;
const hiddenNames = (input: MetaVariableInput) => metaVariables(input).notExported.map(([name]) => name);

describe("metaVariables, RFC 3875 §4.1", () => {
  test("a request without a body, whole", () => {
    expect(values(given())).toEqual({
      GATEWAY_INTERFACE: "CGI/1.1",
      PATH_INFO: "/x y",
      PATH_TRANSLATED: "/w/x y",
      QUERY_STRING: "q=1",
      REMOTE_ADDR: "127.0.0.1",
      REMOTE_HOST: "127.0.0.1",
      REQUEST_METHOD: "GET",
      SCRIPT_NAME: "/cgi-bin/a.py",
      SERVER_NAME: "shop.test",
      SERVER_PORT: "8080",
      SERVER_PROTOCOL: "HTTP/1.1",
      SERVER_SOFTWARE: "Test/1",
      HTTP_HOST: "shop.test:99",
      DOCUMENT_ROOT: "/w",
      REDIRECT_STATUS: "200",
      REMOTE_PORT: "4711",
      REQUEST_SCHEME: "http",
      REQUEST_URI: "/cgi-bin/a.py/x%20y?q=1",
      SCRIPT_FILENAME: "/w/cgi-bin/a.py",
      SERVER_ADDR: "::1",
    });
  });

  test("C01, C11: AUTH_TYPE and REMOTE_USER are set only when the server itself authenticated the user", () => {
    const headers = [["Authorization", "Basic YTpi"]] as const;
    expect(values(given({ headers }))).not.toHaveProperty("REMOTE_USER");
    expect(values(given({ headers }))).not.toHaveProperty("AUTH_TYPE");
    expect(values(given({ headers, rest: { auth: { type: b("Basic"), user: b("a") } } }))).toMatchObject({
      AUTH_TYPE: "Basic",
      REMOTE_USER: "a",
    });
  });

  test("C02: CONTENT_LENGTH is what the body has, wherever that is known from", () => {
    const length = given({ headers: [["content-length", "3"]], rest: { contentLength: 3 } });
    expect(values(length)).toMatchObject({ CONTENT_LENGTH: "3" });
    expect(sourceOf(length, "CONTENT_LENGTH")).toBe("header:content-length");
    const chunked = given({ headers: [["Transfer-Encoding", "chunked"]], rest: { contentLength: 8 } });
    expect(values(chunked)).toMatchObject({ CONTENT_LENGTH: "8" });
    expect(sourceOf(chunked, "CONTENT_LENGTH")).toBe("header:Transfer-Encoding");
    expect(values(given())).not.toHaveProperty("CONTENT_LENGTH");
  });

  test("C03, C21: CONTENT_TYPE as sent, none invented, no HTTP_ twin", () => {
    const input = given({
      headers: [
        ["Content-Type", "text/x; a=b"],
        ["Content-Length", "1"],
      ],
      rest: { contentLength: 1 },
    });
    expect(values(input)).toMatchObject({ CONTENT_TYPE: "text/x; a=b" });
    expect(Object.keys(values(input)).filter((name) => name.startsWith("HTTP_"))).toEqual([]);
    expect(hiddenNames(input)).toEqual([]);
    expect(values(given())).not.toHaveProperty("CONTENT_TYPE");
  });

  test("C06: no PATH_INFO, no PATH_TRANSLATED", () => {
    const names = Object.keys(values(given({ route: { pathInfo: b("") } })));
    expect(names).not.toContain("PATH_INFO");
    expect(names).not.toContain("PATH_TRANSLATED");
  });

  test("C07: QUERY_STRING always, as sent", () => {
    expect(values(given({ target: "/a" }))).toMatchObject({ QUERY_STRING: "" });
    expect(values(given({ target: "/a?%41?+&=" }))).toMatchObject({ QUERY_STRING: "%41?+&=" });
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::FFFF:10.0.0.1", "10.0.0.1"],
    ["::1", "::1"],
    ["fe80::1%eth0", "fe80::1"],
  ])("C08: a peer at %s has REMOTE_ADDR %s", (remoteAddress, expected) => {
    expect(
      values(
        given({ rest: { connection: { remoteAddress, remotePort: 1, localAddress: "127.0.0.1", localPort: 2 } } }),
      ),
    ).toMatchObject({
      REMOTE_ADDR: expected,
    });
  });

  test("C12: methods keep their case", () =>
    expect(values(given({ method: "get" }))).toMatchObject({ REQUEST_METHOD: "get" }));

  test.each([
    [[["Host", "a.test"]], "/", "a.test", "header:Host"],
    [[["HOST", "[::1]:8080"]], "/", "[::1]", "header:HOST"],
    [[["Host", "a.test"]], "http://b.test:1/", "b.test", "request-line"],
    [[["Host", "a/b"]], "/", "[::1]", "connection"],
    [[["Host", ""]], "/", "[::1]", "connection"],
    [[], "/", "[::1]", "connection"],
  ] as const)("C14: headers %j, target %s: SERVER_NAME %s from %s", (headers, target, name, source) => {
    const input = given({ headers, target });
    expect(values(input)).toMatchObject({ SERVER_NAME: name, SERVER_PORT: "8080" });
    expect(sourceOf(input, "SERVER_NAME")).toBe(source);
  });

  test("C18: HTTP_HOST is the host of an absolute-form target, RFC 9112 §3.2.2", () => {
    const input = given({ headers: [["Host", "evil.example"]], target: "http://b.test:1/" });
    expect(values(input)).toMatchObject({ HTTP_HOST: "b.test:1", SERVER_NAME: "b.test" });
    expect(sourceOf(input, "HTTP_HOST")).toBe("request-line");
    expect(values(given({ headers: [], target: "http://b.test:1/" }))).not.toHaveProperty("HTTP_HOST");
  });

  test("C24: REQUEST_URI of an absolute-form target has neither scheme nor host", () => {
    expect(values(given({ target: "http://b.test:1/a%20?c" }))).toMatchObject({ REQUEST_URI: "/a%20?c" });
    expect(values(given({ target: "http://b.test?c" }))).toMatchObject({ REQUEST_URI: "/?c" });
  });
});

describe("request headers as variables, RFC 3875 §4.1.18", () => {
  test("C18, C19: upper case, - as _, said twice joined, cookies with a semicolon", () => {
    const headers = [
      ["X-Foo", "1"],
      ["Cookie", "a=1"],
      ["x-foo", "2"],
      ["cookie", "b=2"],
      ["X-Foo", ""],
    ] as const;
    expect(values(given({ headers }))).toMatchObject({ HTTP_X_FOO: "1, 2, ", HTTP_COOKIE: "a=1; b=2" });
    expect(sourceOf(given({ headers }), "HTTP_X_FOO")).toBe("header:X-Foo");
  });

  test("C20: credentials are hidden unless policy or route pass them on", () => {
    const headers = [
      ["Authorization", "x"],
      ["Proxy-Authorization", "y"],
    ] as const;
    expect(hiddenNames(given({ headers }))).toEqual(["Authorization", "Proxy-Authorization"]);
    const both = { HTTP_AUTHORIZATION: "x", HTTP_PROXY_AUTHORIZATION: "y" };
    expect(values(given({ headers, route: { passAuthorization: true } }))).toMatchObject(both);
    expect(values(given({ headers, rest: { policy: { ...defaultPolicy, passAuthorization: true } } }))).toMatchObject(
      both,
    );
  });

  test("C22: what concerns the connection stays there", () => {
    expect(
      hiddenNames(
        given({
          headers: [
            ["Connection", "close"],
            ["TE", "trailers"],
            ["Upgrade", "h2c"],
            ["Accept", "*/*"],
          ],
        }),
      ),
    ).toEqual(["Connection", "TE", "Upgrade"]);
  });

  test.each(["drop", "map"] as const)(
    "C23: Proxy never becomes HTTP_PROXY (httpoxy), underscoreHeader %s",
    (underscoreHeader) => {
      const input = given({
        headers: [
          ["Proxy", "evil"],
          ["pRoXy", "evil"],
        ],
        rest: { policy: { ...defaultPolicy, underscoreHeader, passAuthorization: true } },
      });
      expect(values(input)).not.toHaveProperty("HTTP_PROXY");
      expect(hiddenNames(input)).toEqual(["Proxy", "pRoXy"]);
    },
  );

  test("C18: a name with an underscore is hidden, or mapped where it cannot be mistaken for another header", () => {
    const headers = [
      ["X_Real", "evil"],
      ["X-Real", "good"],
      ["X_Other", "o"],
      ["A.b", "c"],
      ["Content_Length", "9"],
      ["Proxy_Authorization", "p"],
    ] as const;
    expect(hiddenNames(given({ headers }))).toEqual([
      "X_Real",
      "X_Other",
      "A.b",
      "Content_Length",
      "Proxy_Authorization",
    ]);
    const mapped = given({ headers, rest: { policy: { ...defaultPolicy, underscoreHeader: "map" } } });
    expect(values(mapped)).toMatchObject({ HTTP_X_REAL: "good", HTTP_X_OTHER: "o", HTTP_A_B: "c" });
    expect(hiddenNames(mapped)).toEqual(["X_Real", "Content_Length", "Proxy_Authorization"]);
  });

  test("C18: of thousands each is there once, in order, and still the composer's word counts", () => {
    const headers = Array.from({ length: 3000 }, (_, at) => [`X-${at % 1500}`, String(at)] as const);
    const input = given({ headers, rest: { overrides: map({ HTTP_X_7: "own", HTTP_X_NEW: "n", http_x_new: "m" }) } });
    const ours = metaVariables(input).variables.filter(({ name }) => /^HTTP_X_/i.test(name));
    expect(ours.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 1500 }, (_, at) => `HTTP_X_${at}`),
      "http_x_new",
    ]);
    expect(ours.filter((_, at) => at === 7 || at > 1498).map(({ value }) => value)).toEqual(["own", "1499, 2999", "m"]);
  });
});

describe("the rest of the environment", () => {
  test("C25: composer over configuration over request over what is inherited", () => {
    const input = given({
      route: { variables: map({ TZ: "UTC", QUERY_STRING: "config", A: "config" }) },
      rest: {
        inherited: map({ PATH: "/bin", TZ: "inherited", SERVER_NAME: "inherited" }),
        overrides: map({ A: "composer" }),
      },
    });
    expect(values(input)).toMatchObject({
      PATH: "/bin",
      TZ: "UTC",
      SERVER_NAME: "shop.test",
      QUERY_STRING: "config",
      A: "composer",
    });
    expect([sourceOf(input, "PATH"), sourceOf(input, "TZ"), sourceOf(input, "A")]).toEqual([
      "inherited",
      "config",
      "composer",
    ]);
  });

  test("C26: names are unique without regard to case, names and values fit an environment, bytes stay bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(bytesOver("aAbB-_.xX\xfc", 6), anyBytes(20)), { maxLength: 12 }),
        fc.array(fc.tuple(anyBytes(6), anyBytes(20)), { maxLength: 6 }),
        fc.constantFrom("drop" as const, "map" as const),
        (headers, variables, underscoreHeader) => {
          const rest = {
            policy: { ...defaultPolicy, underscoreHeader },
            overrides: new Map(variables),
            inherited: new Map(variables),
          };
          const { variables: all } = metaVariables(given({ headers, route: { variables: new Map(headers) }, rest }));
          expect(new Set(all.map(({ name }) => name.toUpperCase())).size).toBe(all.length);
          for (const { name, value } of all) {
            expect(name).toMatch(/^[^=\0]+$/);
            expect(value).toMatch(/^[\x01-\xff]*$/);
          }
        },
      ),
    );
  });
});
