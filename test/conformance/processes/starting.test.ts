// How a script is started and ended: command line, working directory, access, limits; and what a path means (RFC
// 3875 §4.4, §7.2, §3.1, §3.4, §6.1, §8.1).
import { expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, request, startGateway } from "../../support/gateway.js";
import { isAlive } from "../../support/processes.js";
import { ask, seenScript } from "../../support/seen.js";
import { waitFor } from "../../support/wait-for.js";

const close = "Connection: close";
const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const get = (target: string): string => request("GET", target, [close]);
/** Says who it is, then is silent. */
const silent = 'echo $$ > "$DOCUMENT_ROOT/pid"; exec sleep 1000';

test("C35: a query without = becomes arguments for GET and HEAD, decoded, what a shell would act on escaped", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const words = async (target: string) => {
    const { seen, trace } = await ask(gateway, get(target));
    // The kernel puts the interpreter before.
    expect(trace.argv).toEqual([gateway.folder.file("x.sh"), ...seen.argv.slice(2)]);
    return seen.argv.slice(2);
  };
  expect(await words("/x.sh?one+t%77o")).toEqual(["one", "two"]);
  expect(await words("/x.sh?a%20b")).toEqual(["a b"]);
  expect(await words("/x.sh?a;b%60c%3D$d")).toEqual(["a\\;b\\`c=\\$d"]);
  expect(await words("/x.sh?a=b")).toEqual([]);
  expect(await words("/x.sh?a+b=c")).toEqual([]);
  expect(await words("/x.sh")).toEqual([]);
  expect((await ask(gateway, request("POST", "/x.sh?one", [close, "Content-Length: 0"]))).seen.argv).toHaveLength(2);
  await gateway.ask(request("HEAD", "/x.sh?one", [close]));
  expect((await gateway.ended(8)).at(-1)?.argv?.slice(1)).toEqual(["one"]);

  await using ignoring = await startGateway({ config: { policy: { searchWords: "ignore" } } });
  ignoring.script("x.sh", seenScript);
  expect((await ask(ignoring, get("/x.sh?one"))).seen.argv).toHaveLength(2);
});

test("C36: one word that cannot be an argument, and there is none at all; the trace says why", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  for (const query of ["a+%zz", "a++b", "a+%00", "a+%22[", "a+\\"]) {
    const { seen, trace } = await ask(gateway, get(`/x.sh?${query}`));
    expect(seen.argv, query).toHaveLength(2);
    expect(seen.env["QUERY_STRING"]).toBe(query);
    expect(trace.notExported.filter(([name]) => name === query)).toEqual([
      [query, { code: expect.stringMatching(/^query-/), data: null, text: expect.any(String) }],
    ]);
  }
});

test("C37: a word that an interpreter could take for an option gives no arguments", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  for (const query of ["-s", "a+-d", "%2ds", "-d+allow_url_include%3don"]) {
    const { seen, trace } = await ask(gateway, get(`/x.sh?${query}`));
    expect(seen.argv, query).toHaveLength(2);
    expect(trace.notExported).toContainEqual([query, coded("query-option")]);
  }
});

test("C38: the working directory is the script's folder", async () => {
  await using gateway = await startGateway({ config: { routes: [{ path: "/app/", file: "inner/deep/x.sh" }] } });
  gateway.script("inner/deep/x.sh", seenScript);
  for (const target of ["/inner/deep/x.sh", "/app/else/where"]) {
    const { seen, trace } = await ask(gateway, get(target));
    expect([seen.cwd, trace.cwd]).toEqual(Array(2).fill(gateway.folder.file("inner/deep")));
  }
});

test("C39: nothing runs before access control has passed", async () => {
  await using gateway = await startGateway({
    config: { routes: [{ path: "/private/", auth: { realm: "r", htpasswd: ".htpasswd" } }] },
  });
  gateway.file(".htpasswd", "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=");
  for (const name of ["private/x.sh", "x.sh"]) gateway.script(name, `touch "$DOCUMENT_ROOT/ran"; ${echo}`);
  const refused = [
    [request("POST", "/private/x.sh", [close, "Content-Length: 3"], "abc"), 401],
    ["GET /x.sh HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n", 421],
    [request("POST", "/x.sh", [close, "Content-Length: 0", "Origin: http://evil.example"]), 403],
  ] as const;
  for (const [bytes, status] of refused) expect(await gateway.ask(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect((await gateway.ended(3)).map(({ process, stdout }) => [process, stdout])).toEqual(Array(3).fill([null, null]));
  expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
});

test("C41: a script that is silent too long is ended: TERM, and KILL for one that does not hear", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
  gateway.script("x.sh", silent);
  gateway.script("deaf.sh", `trap "" TERM; while :; do sleep 0.1; done`);
  for (const target of ["/x.sh", "/deaf.sh"])
    expect(await gateway.get(target)).toMatch(/^HTTP\/1\.1 504 Gateway Timeout\r\n/);
  const traces = await gateway.ended(2);
  expect(traces.map(({ outcome, process }) => [outcome, process?.signal])).toEqual([
    ["timeout", "SIGTERM"],
    ["timeout", "SIGKILL"],
  ]);
  for (const { process } of traces) expect(isAlive(process?.pid ?? 0)).toBe(false);
});

test("C42: the client is gone, and so is the script within seconds", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", silent);
  const client = await gateway.connect();
  client.send(request("GET", "/x.sh"));
  const pid = await waitFor("the script's pid", () => {
    try {
      return Number(gateway.folder.read("pid")) || null;
    } catch {
      return null; // not written yet
    }
  });
  client.socket.destroy();
  await waitFor("the script is gone", () => !isAlive(pid));
  expect(await gateway.trace()).toMatchObject({
    outcome: "client-gone",
    response: null,
    process: { signal: "SIGTERM" },
  });
});

test("C43: doubled slashes collapse, dot segments are resolved after decoding and before anything else", async () => {
  await using gateway = await startGateway();
  gateway.script("cgi-bin/x.sh", `${echo}echo "<$SCRIPT_NAME|$PATH_INFO>"`);
  const names: [target: string, means: string][] = [
    ["/cgi-bin/x.sh//a//b", "</cgi-bin/x.sh|/a/b>"],
    ["//cgi-bin//x.sh", "</cgi-bin/x.sh|>"],
    ["/cgi-bin/./x.sh/a/../b", "</cgi-bin/x.sh|/b>"],
    ["/cgi-bin/none/../x.sh/.", "</cgi-bin/x.sh|/>"],
    ["/%63gi-bin/%2e%2E/cgi-bin/x.sh/%2e/c", "</cgi-bin/x.sh|/c>"],
    ["/../../cgi-bin/x.sh", "</cgi-bin/x.sh|>"],
    ["/cgi-bin/x.sh/a/%252e%252e/b", "</cgi-bin/x.sh|/a/%2e%2e/b>"], // decoded once
  ];
  for (const [target, means] of names) expect(bodyOf(await gateway.get(target)), target).toContain(means);
  expect(await gateway.get("/cgi-bin/x.sh/../nothing")).toMatch(/^HTTP\/1\.1 404 /);
  const traces = await gateway.ended(names.length + 1);
  expect(traces.slice(0, -1).map(({ route }) => `<${route.scriptName}|${route.pathInfo}>`)).toEqual(
    names.map(([, means]) => means),
  );
});
