// Request header fields as meta-variables, RFC 3875 §4.1.18: which become one, how
// repeated ones are joined, and which must not.
import { expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { request, startGateway } from "../../support/gateway.js";
import { ask, seenScript, variableOf } from "../../support/seen.js";

const get = (...headers: string[]): string => request("GET", "/x.sh", ["Connection: close", ...headers]);
const protocolNames = (env: Readonly<Record<string, string>>): string[] =>
  Object.keys(env).filter((name) => name.startsWith("HTTP_") && name !== "HTTP_HOST");

test("C18: HTTP_ and the name in capitals with _ for -; names that others could be mistaken for are hidden, or mapped where nothing collides", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const headers = [
    "Accept-Language: de",
    "x-lower: 1",
    "X_Under: smuggled",
    "X-Under: right",
    "A.b: dot",
    "Content_Type: evil",
    "X-Forwarded_For: evil",
  ];
  const { seen, trace } = await ask(gateway, get(...headers));
  expect(protocolNames(seen.env).map((name) => `${name}=${seen.env[name]}`)).toEqual([
    "HTTP_ACCEPT_LANGUAGE=de",
    "HTTP_X_LOWER=1",
    "HTTP_X_UNDER=right",
  ]);
  expect(trace.notExported.map(([name]) => name).filter((name) => name !== "Connection")).toEqual([
    "X_Under",
    "A.b",
    "Content_Type",
    "X-Forwarded_For",
  ]);
  expect(variableOf(trace, "HTTP_X_LOWER")?.source).toBe("header:x-lower");

  await using mapping = await startGateway({ config: { policy: { underscoreHeader: "map" } } });
  mapping.script("x.sh", seenScript);
  const mapped = await ask(mapping, get(...headers));
  expect(protocolNames(mapped.seen.env).map((name) => `${name}=${mapped.seen.env[name]}`)).toEqual([
    "HTTP_ACCEPT_LANGUAGE=de",
    "HTTP_X_LOWER=1",
    "HTTP_X_UNDER=right",
    "HTTP_A_B=dot",
    "HTTP_X_FORWARDED_FOR=evil",
  ]);
});

test("C19: a field said twice becomes one value, cookies joined as cookies are; a folded one is joined with a space", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const { seen, trace } = await ask(gateway, get("Cookie: a=1", "X-Foo: 1", "cookie: b=2", "X-FOO: 2", "X-Empty:"));
  expect(seen.env).toMatchObject({ HTTP_COOKIE: "a=1; b=2", HTTP_X_FOO: "1, 2", HTTP_X_EMPTY: "" });
  expect(variableOf(trace, "HTTP_COOKIE")?.source).toBe("header:Cookie");

  const folded = await ask(gateway, get("X-Foo: 1", "  2", "\t3"));
  expect(folded.seen.env["HTTP_X_FOO"]).toBe("1 2 3");
});

test("C20: Authorization and Proxy-Authorization stay with the server, unless they are asked for", async () => {
  const headers = ["Authorization: Basic YTpi", "Proxy-Authorization: Basic YTpi"];
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const { seen, trace } = await ask(gateway, get(...headers));
  expect(protocolNames(seen.env)).toEqual([]);
  expect(trace.notExported).toEqual(
    expect.arrayContaining(["Authorization", "Proxy-Authorization"].map((name) => [name, coded("credentials")])),
  );

  await using asked = await startGateway({ config: { scripts: { "x.sh": { passAuthorization: true } } } });
  asked.script("x.sh", seenScript);
  asked.script("y.sh", seenScript);
  const passed = await ask(asked, get(...headers));
  expect(passed.seen.env).toMatchObject({ HTTP_AUTHORIZATION: "Basic YTpi", HTTP_PROXY_AUTHORIZATION: "Basic YTpi" });
  expect(passed.seen.env).not.toHaveProperty("REMOTE_USER");
  expect(protocolNames((await ask(asked, get(...headers).replace("/x.sh", "/y.sh"))).seen.env)).toEqual([]);
});

test("C21: Content-Type and Content-Length have variables of their own, and no HTTP_ ones beside them", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const { seen, trace } = await ask(
    gateway,
    request("POST", "/x.sh", ["Connection: close", "Content-Type: a/b", "Content-Length: 1"], "x"),
  );
  expect(protocolNames(seen.env)).toEqual([]);
  expect([variableOf(trace, "CONTENT_TYPE")?.value, variableOf(trace, "CONTENT_LENGTH")?.value]).toEqual(["a/b", "1"]);
});

test("C22: what concerns the connection is not passed on, each with its reason", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const { seen, trace } = await ask(
    gateway,
    get("Keep-Alive: timeout=5", "TE: trailers", "Upgrade: h2c", "Proxy-Connection: close", "Trailer: X"),
  );
  expect(protocolNames(seen.env)).toEqual([]);
  const names = ["Connection", "Keep-Alive", "TE", "Upgrade", "Proxy-Connection", "Trailer"];
  expect(trace.notExported).toEqual(names.map((name) => [name, coded("connection-header")]));
});

test("C23: Proxy never becomes HTTP_PROXY (httpoxy), in no spelling and under no policy", async () => {
  await using gateway = await startGateway({
    config: { policy: { underscoreHeader: "map", passAuthorization: true } },
  });
  gateway.script("x.sh", seenScript);
  const { seen, trace } = await ask(gateway, get("Proxy: http://evil", "PROXY: http://evil", "pRoxy: x"));
  expect(Object.keys(seen.env).filter((name) => /^http_proxy$/i.test(name))).toEqual([]);
  expect(trace.notExported.filter(([, why]) => why.code === "httpoxy").map(([name]) => name)).toEqual([
    "Proxy",
    "PROXY",
    "pRoxy",
  ]);
});

test("C26: names are unique without regard to case, values keep every byte but NUL", async () => {
  await using gateway = await startGateway({ config: { variables: { Path: "/mine", remote_addr: "1.2.3.4" } } });
  gateway.script("x.sh", `#!/bin/sh\nPATH=/usr/bin:/bin\n${seenScript}`);
  const { seen, trace } = await ask(gateway, get("X-Name: M\xfcller \x80\xff\t|"));
  expect(seen.env["HTTP_X_NAME"]).toBe("M\xfcller \x80\xff\t|");
  expect(variableOf(trace, "HTTP_X_NAME")?.value).toBe("M\xfcller \x80\xff\t|");
  const upper = Object.keys(seen.env).map((name) => name.toUpperCase());
  expect(new Set(upper).size).toBe(seen.count);
  // The configuration has the last word.
  expect([seen.env["Path"], seen.env["PATH"], seen.env["remote_addr"]]).toEqual(["/mine", undefined, "1.2.3.4"]);
  expect(await gateway.ask("GET /x.sh HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
});
