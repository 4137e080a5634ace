// A request is held before its script starts: what a person changes is what the script gets, and what the trace says.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toBytesText } from "../../../server/base/decode-text.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { toRow } from "../../../server/trace/trace-row.js";
import { hello, plain, served } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, startGateway } from "../../support/gateway.js";
import { byHand, goOn, held, holding, onlyHeld, variablesOf } from "../../support/holding.js";
import { seenIn, seenScript } from "../../support/seen.js";

const b = byteString;

const post = plain("POST", "/x.sh/a?one+two", ["Content-Length: 3", "X-Old: \xe9", "Accept-Language: de"], "old");

/** The variables, the command line and stdin that the script got. */
const toldBy = ({ env, argv, stdin }: TraceRecord) => [
  Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
  argv,
  Buffer.from(stdin?.read(0, 99) ?? []).toString("latin1"),
];

test("edits of variables, arguments and body, byte for byte", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  holding(gateway);
  const asked = gateway.ask(post);
  const one = await onlyHeld(gateway);
  expect(one.plan).toMatchObject({ moment: "start", args: [], bodyBytes: 3 });
  expect(Buffer.from(one.trace.request.body.read(0, 9)).toString()).toBe("old");
  expect([gateway.listener.running, gateway.listener.queued]).toEqual([0, 0]);
  const changes = { CONTENT_LENGTH: "7", HTTP_X_OLD: "\xfc", ADDED: "\xff", HTTP_ACCEPT_LANGUAGE: null };
  const body = Buffer.from("\0\xffnew\r\n", "latin1");
  one.decide(goOn({ variables: variablesOf(one, changes), args: [b("-\xe9"), b("two")], body }));

  const seen = seenIn(await asked);
  expect(seen.env).toMatchObject({ CONTENT_LENGTH: "7", HTTP_X_OLD: "\xfc", ADDED: "\xff", QUERY_STRING: "one+two" });
  expect(seen.env).not.toHaveProperty("HTTP_ACCEPT_LANGUAGE");
  expect(seen.argv.slice(-2)).toEqual(["-\xe9", "two"]);
  expect(seen.stdin).toBe("\0\xffnew\r\n");
  const trace = await gateway.trace();
  expect(toldBy(trace)).toEqual([seen.env, seen.argv.slice(1), seen.stdin]); // the shell comes first
  expect(Buffer.from(trace.request.body.read(0, 99)).toString()).toBe("old");
  expect(trace.env?.filter(({ source }) => source === "held").map(({ name }) => name)).toEqual([
    "CONTENT_LENGTH",
    "HTTP_X_OLD",
    "ADDED",
  ]);
  expect(trace.held).toEqual([
    {
      at: expect.any(Number),
      ms: expect.any(Number),
      moment: "start",
      ended: "continued",
      edits: [
        { of: "variable", name: "CONTENT_LENGTH", was: "3", is: "7" },
        { of: "variable", name: "HTTP_X_OLD", was: toBytesText(b("\xe9")), is: toBytesText(b("\xfc")) },
        { of: "variable", name: "ADDED", was: null, is: toBytesText(b("\xff")) },
        { of: "variable", name: "HTTP_ACCEPT_LANGUAGE", was: "de", is: null },
        { of: "argument", name: "1", was: null, is: toBytesText(b("-\xe9")) },
        { of: "argument", name: "2", was: null, is: "two" },
        { of: "body", name: null, was: null, is: null },
      ],
    },
  ]);
});

test("without edits the script gets what it would have got", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const before = seenIn(await gateway.ask(post));
  const { leave, done } = holding(gateway);
  const asked = gateway.ask(post);
  (await onlyHeld(gateway)).decide(goOn());
  const { REMOTE_PORT: _, ...env } = seenIn(await asked).env;
  expect({ ...before.env, ...env }).toEqual(before.env);
  leave();
  await done;
  const [, trace] = await gateway.ended(2);
  expect(trace).toMatchObject({ outcome: "ok", held: [{ ended: "continued", edits: [] }] });
});

test("a chunked body, and one that the client sends only when asked, are there when it is held", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  holding(gateway);
  const chunked = gateway.ask(
    plain("POST", "/x.sh", ["Transfer-Encoding: chunked", "Connection: close"], "4\r\nbody\r\n0\r\n\r\n").replace(
      "/1.0",
      "/1.1",
    ),
  );
  const first = await onlyHeld(gateway);
  expect(first.plan).toMatchObject({ bodyBytes: 4 });
  first.decide(goOn({ body: Buffer.from("") }));
  expect(seenIn(await chunked).stdin).toBe("");

  const client = await gateway.connect();
  client.send(plain("POST", "/x.sh", ["Content-Length: 4", "Expect: 100-continue"]).replace("/1.0", "/1.1"));
  await client.until("100 Continue");
  client.send("late");
  const second = await onlyHeld(gateway);
  expect(second.plan).toMatchObject({ bodyBytes: 4 });
  second.decide(goOn());
  expect(await client.until("late")).toContain("late");
  client.socket.destroy();
});

test("the doctor says nothing of the client's body where a person typed another one", async () => {
  await using gateway = await startGateway({ config: { limits: { totalMs: 300 } } });
  const page = "printf 'Content-Type: text/plain; charset=utf-8\\n\\n.'";
  gateway.script("reads.sh", `cat >/dev/null; ${page}`);
  gateway.script("waits.sh", `${page}; exec sleep 60`);
  holding(gateway);
  const chunked = plain(
    "POST",
    "/reads.sh",
    ["Transfer-Encoding: chunked", "Connection: close"],
    "3\r\nold\r\n0\r\n\r\n",
  );
  const big = "x".repeat(100_000);
  for (const request of [
    plain("POST", "/reads.sh", ["Content-Length: 100000", "Content-Type: text/plain"], big),
    chunked.replace("/1.0", "/1.1"),
    plain("POST", "/waits.sh", ["Content-Length: 3", "Content-Type: text/plain"], "old"),
  ]) {
    const asked = gateway.ask(request);
    const one = await onlyHeld(gateway);
    const body = Buffer.from("typed");
    one.decide(goOn({ variables: variablesOf(one, { CONTENT_LENGTH: "5" }), body }));
    await asked;
  }
  const found = (await gateway.ended(3)).map(({ findings }) => findings.map(({ rule }) => rule));
  expect(found).toEqual([[], ["body-type-missing"], ["timeout"]]);
});

test("a response by hand: no script runs", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", "touch ran; printf 'Content-Type: text/plain\\n\\n'");
  holding(gateway);
  const asked = gateway.ask(plain("POST", "/x.sh", ["Content-Length: 3"], "old"));
  const one = await onlyHeld(gateway);
  const body = Buffer.from("by \xff hand", "latin1");
  one.decide(byHand({ status: 418, headers: [[b("X-By"), b("\xe4")]], body }));
  const response = await asked;
  expect(headOf(response)).toMatch(/^HTTP\/1.1 418 .*\r\nX-By: \xe4\r\n/s);
  expect(bodyOf(response)).toBe("by \xff hand");
  expect(existsSync(gateway.folder.file("ran"))).toBe(false);
  const trace = await gateway.trace();
  expect(trace).toMatchObject({ outcome: "ok", cause: { code: "answered-by-hand" }, process: null, env: null });
  expect(trace.held).toMatchObject([{ moment: "start", ended: "answered", edits: [] }]);
});

test("NPH: edits of variables, arguments and body, byte for byte", async () => {
  await using gateway = await startGateway();
  gateway.script("nph-x.sh", seenScript.replace(/'.*?'/, "'HTTP/1.1 202 Raw\\r\\n\\r\\n'"));
  holding(gateway);
  holding(gateway, { moment: "headers" }); // its headers are its own: they are not held
  const asked = gateway.ask(plain("POST", "/nph-x.sh?one", ["Content-Length: 3", "X-Gone: a"], "old"));
  const one = await onlyHeld(gateway);
  const variables = variablesOf(one, { ADDED: "\xff", CONTENT_LENGTH: "4", HTTP_X_GONE: null });
  one.decide(goOn({ variables, args: [b("-\xe9")], body: Buffer.from("\0\xff\r\n", "latin1") }));
  const response = await asked;
  expect(headOf(response)).toBe("HTTP/1.1 202 Raw");
  const seen = seenIn(response);
  expect(seen).toMatchObject({ env: { ADDED: "\xff", CONTENT_LENGTH: "4" }, stdin: "\0\xff\r\n" });
  expect(seen.env).not.toHaveProperty("HTTP_X_GONE");
  expect(seen.argv.at(-1)).toBe("-\xe9");
  const trace = await gateway.trace();
  expect(toldBy(trace)).toEqual([seen.env, seen.argv.slice(1), seen.stdin]);
  const edits = trace.held?.flatMap((part) => part.edits.map(({ of, is }) => [of, is]));
  expect(edits).toEqual([
    ["variable", "4"],
    ["variable", toBytesText(b("\xff"))],
    ["variable", null],
    ["argument", toBytesText(b("-\xe9"))],
    ["body", null],
  ]);
});

test("both scripts of a local redirect: edits of each part, byte for byte", async () => {
  await using gateway = await startGateway();
  const got = ["cat /proc/$$/environ; printf '\\1'", "cat /proc/$$/cmdline; printf '\\1'", "pwd -P; cat"].join("; ");
  gateway.script("a.sh", `{ ${got}; } >got; printf 'Location: /b.sh?q\\n\\n'`);
  gateway.script("b.sh", seenScript);
  holding(gateway);
  const asked = gateway.ask(plain("POST", "/a.sh?one", ["Content-Length: 3"], "old"));
  const first = await onlyHeld(gateway);
  const changed = variablesOf(first, { ADDED: "\xff", CONTENT_LENGTH: "4" });
  first.decide(goOn({ variables: changed, args: [b("-\xe9")], body: Buffer.from("one\xff", "latin1") }));
  const second = await onlyHeld(gateway);
  const variables = variablesOf(second, { ADDED: "\xfe", CONTENT_LENGTH: "4", REDIRECT_ADDED: null });
  second.decide(goOn({ variables, args: [b("two"), b("\xe4")], body: Buffer.from("two\xfe", "latin1") }, true));
  const headers = [
    [b("Content-Type"), b("application/octet-stream")],
    [b("X-Person"), b("\xe4")],
  ] as const;
  (await onlyHeld(gateway, "headers")).decide(goOn({ status: 404, headers }));
  const response = await asked;
  expect(headOf(response)).toMatch(/^HTTP\/1.1 404 Not Found\r\n.*\r\nX-Person: \xe4\r\n/s);
  const [one, two] = await gateway.ended(2);
  if (!one || !two) throw new Error("both have traces");
  const [seenFirst, seenSecond] = [
    seenIn(`\r\n\r\n${readFileSync(gateway.folder.file("got"), "latin1")}`),
    seenIn(response),
  ];
  expect(seenFirst).toMatchObject({ env: { ADDED: "\xff" }, stdin: "one\xff" });
  expect(seenSecond).toMatchObject({ env: { ADDED: "\xfe" }, stdin: "two\xfe" });
  expect([seenFirst.argv.at(-1), ...seenSecond.argv.slice(-2)]).toEqual(["-\xe9", "two", "\xe4"]);
  expect(seenSecond.env).not.toHaveProperty("REDIRECT_ADDED");
  expect(toldBy(one)).toEqual([seenFirst.env, seenFirst.argv.slice(1), seenFirst.stdin]);
  expect(toldBy(two)).toEqual([seenSecond.env, seenSecond.argv.slice(1), seenSecond.stdin]);
  expect(two.held?.map(({ moment, ended }) => `${moment} ${ended}`)).toEqual(["start continued", "headers continued"]);
});

test("each script of a local redirect, without a permit", async () => {
  await using gateway = await startGateway({ config: { limits: { concurrency: 1 } } });
  gateway.script("a.sh", "printf 'Location: /b.sh\\n\\n'");
  gateway.script("b.sh", `printf "Content-Type: text/plain\\n\\n$ADDED $REDIRECT_ADDED"`);
  const { leave } = holding(gateway);
  const asked = gateway.get("/a.sh");
  const first = await onlyHeld(gateway);
  first.decide(goOn({ variables: variablesOf(first, { ADDED: "one" }) }));
  const [second] = await held(gateway, 1);
  if (!second) throw new Error("it is not held");
  expect(second.trace.id).not.toBe(first.trace.id);
  leave();
  const other = holding(gateway, { matches: () => false });
  expect(bodyOf(await asked)).toContain("one");
  other.leave();
  const [one, two] = await gateway.ended(2);
  expect(one?.held).toMatchObject([{ ended: "continued" }]);
  expect(two?.held).toMatchObject([{ ended: "let-go" }]);
});

test("the time that a person took for a redirect's target is not its script's, nor that of the one before", async () => {
  await using gateway = await startGateway();
  gateway.script("a.sh", "printf 'Location: /b.sh\\n\\n'");
  gateway.script("b.sh", "printf 'Content-Type: text/plain\\n\\n'");
  holding(gateway, { matches: ({ parent }) => parent !== null });
  const asked = gateway.get("/a.sh");
  (await onlyHeld(gateway)).decide(goOn());
  await asked;
  const [one, two] = await gateway.ended(2);
  expect([one?.held, two?.held]).toEqual([[], [expect.objectContaining({ ended: "continued" })]]);
  const rows = [one, two].map((trace) => trace && toRow(trace, 1, { idOf: () => trace.id, displayPath: () => null }));
  expect(rows.map((row) => row?.tookMs)).toEqual([null, null]);
});

test("its sender holds it, and no rule takes it over", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  const client = await gateway.connect();
  const override = { from: "composer", mode: null, variables: new Map(), parent: null, onTrace: () => {} } as const;
  gateway.overrides.register(client.socket, { ...override, isHeld: true });
  const rule = holding(gateway, { isOnce: true, matches: ({ client: { from } }) => from === "composer" });
  client.send(plain("GET", "/x.sh"));
  expect(seenIn(await gateway.get("/x.sh")).env["REQUEST_METHOD"]).toBe("GET"); // another one is not
  const one = await onlyHeld(gateway);
  rule.leave();
  await rule.done;
  expect(gateway.holds.held).toEqual([one]);
  one.decide(goOn());
  expect(await client.rest()).toContain("REQUEST_METHOD=GET");
});

test("a FastCGI application gets what was edited", async () => {
  await using t = await served((r) => void r.answer(hello), { over: "unix" });
  holding(t.gateway);
  const asked = t.gateway.ask(plain("POST", "/app/a", ["Content-Length: 3"], "old"));
  const one = await onlyHeld(t.gateway);
  expect(one.plan).toMatchObject({ args: null, command: [] });
  const body = Buffer.from("longer");
  one.decide(goOn({ variables: variablesOf(one, { CONTENT_LENGTH: "6", ADDED: "\xff", REMOTE_HOST: null }), body }));
  expect(bodyOf(await asked)).toBe("hello");
  const [received] = t.application.requests;
  expect(Object.fromEntries(received?.params ?? [])).toMatchObject({ CONTENT_LENGTH: "6", ADDED: "\xff" });
  expect(received?.params.has("REMOTE_HOST")).toBe(false);
  expect(Buffer.from((await received?.body) ?? []).toString()).toBe("longer");
  const trace = await t.gateway.trace();
  expect(Object.fromEntries((trace.env ?? []).map(({ name, value }) => [name, value]))).toEqual(
    Object.fromEntries(received?.params ?? []),
  );
});
