// How a hold ends when nobody decides, and what it does to others: nothing hangs, and nothing is left.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { plain } from "../../support/fastcgi-gateway.js";
import { bodyOf, startGateway } from "../../support/gateway.js";
import { goOn, held, holding, onlyHeld } from "../../support/holding.js";
import { waitFor } from "../../support/wait-for.js";

const hello = "printf 'Content-Type: text/plain\\n\\nhello'";
const isSlow = ({ request }: { request: { target: string } }) => request.target.startsWith("/held.sh");

test("the client goes away", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  holding(gateway);
  for (const end of ["destroy", "resetAndDestroy"] as const) {
    const client = await gateway.connect();
    client.send(plain("POST", "/held.sh", ["Content-Length: 1000000"], "x".repeat(1_000_000)));
    await onlyHeld(gateway);
    client.socket[end]();
    await held(gateway, 0);
  }
  const traces = await gateway.ended(2);
  for (const trace of traces) {
    expect(trace).toMatchObject({ outcome: "client-gone", process: null, env: null });
    expect(trace.held).toMatchObject([{ ended: "aborted" }]);
  }
});

test("the server ends, before and after the headers", async () => {
  const gateway = await startGateway();
  gateway.script("held.sh", hello);
  const { done, leave } = holding(gateway);
  holding(gateway, { moment: "headers" });
  const first = gateway.get("/held.sh?1");
  const one = await onlyHeld(gateway);
  const second = gateway.get("/held.sh?2");
  await held(gateway, 2);
  one.decide(goOn());
  await waitFor(
    "the first is held after its headers",
    () => one.trace.script !== null && gateway.holds.held.length === 2,
  );
  await gateway.listener.close();
  expect([await first, await second].map((response) => response.slice(9, 12))).toEqual(["503", "503"]);
  expect(gateway.holds.held).toEqual([]);
  const traces = await gateway.ended(2);
  expect(traces.map(({ outcome, cause }) => [outcome, cause?.code])).toEqual([
    ["stopped", "server-stopped"],
    ["stopped", "server-stopped"],
  ]);
  expect(traces.map((trace) => trace.held?.map(({ moment, ended }) => `${moment} ${ended}`))).toEqual([
    ["start continued", "headers aborted"],
    ["start aborted"],
  ]);
  leave();
  await done;
  await gateway[Symbol.asyncDispose]();
});

test("it is stopped by its user", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  holding(gateway);
  const asked = gateway.get("/held.sh");
  const { trace } = await onlyHeld(gateway);
  expect(gateway.listener.stop(trace.id)).toBe(true);
  expect(await asked).toContain("503");
  expect(await gateway.trace()).toMatchObject({ outcome: "stopped", held: [{ ended: "aborted" }] });
});

test.each(["who held it leaves", "every rule ends"])("%s: it goes on as it was", async (what) => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  const { leave, done } = holding(gateway);
  const asked = gateway.get("/held.sh");
  await held(gateway, 1);
  if (what === "who held it leaves") leave();
  else gateway.holds.clear();
  await done;
  expect(bodyOf(await asked)).toContain("hello");
  expect(gateway.holds.rules).toEqual([]);
  expect((await gateway.trace()).held).toMatchObject([{ ended: "let-go", edits: [] }]);
});

test("the next request alone", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  const { done } = holding(gateway, { isOnce: true });
  const asked = [gateway.get("/held.sh"), gateway.get("/held.sh")];
  const one = await onlyHeld(gateway);
  expect(gateway.holds.rules).toEqual([]);
  await gateway.ended(1);
  one.decide(goOn());
  await done;
  for (const response of asked) expect(bodyOf(await response)).toContain("hello");
});

test.each([
  ["who held it leaves while it is held again", "let-go"],
  ["who held it leaves while it runs", null],
])("after its headers: %s", async (_, ended) => {
  await using gateway = await startGateway();
  gateway.script("held.sh", `until [ -e go ]; do sleep 0.02; done; ${hello}`);
  const { leave, done } = holding(gateway);
  const asked = gateway.get("/held.sh");
  (await onlyHeld(gateway)).decide(goOn({}, true));
  if (ended) gateway.file("go", "");
  if (ended) await onlyHeld(gateway, "headers");
  leave();
  await done;
  gateway.file("go", "");
  expect(bodyOf(await asked)).toContain("hello");
  const after = ended ? [{ moment: "headers", ended }] : [];
  expect((await gateway.trace()).held).toMatchObject([{ moment: "start", ended: "continued" }, ...after]);
});

test("the next request alone, before its start and after its headers", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  const { done } = holding(gateway, { isOnce: true });
  let isOver = false;
  void done.then(() => {
    isOver = true;
  });
  const asked = gateway.get("/held.sh");
  (await onlyHeld(gateway)).decide(goOn({}, true));
  const again = await onlyHeld(gateway, "headers");
  expect(isOver).toBe(false);
  again.decide(goOn());
  await done;
  expect(bodyOf(await asked)).toContain("hello");
});

test("the next request alone, which never has headers", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", "exit 1");
  const { done } = holding(gateway, { isOnce: true });
  const asked = gateway.get("/held.sh");
  (await onlyHeld(gateway)).decide(goOn({}, true));
  expect(await asked).toContain("500");
  await done;
});

test("who holds it leaves, and another who would hold it too has it then", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  const [one, other] = [holding(gateway), holding(gateway, { isOnce: true })];
  const asked = gateway.get("/held.sh");
  await onlyHeld(gateway);
  one.leave();
  await one.done;
  expect(gateway.holds.rules).toEqual([]); // the other has its one request
  (await onlyHeld(gateway)).decide(goOn());
  await other.done;
  expect(bodyOf(await asked)).toContain("hello");
});

test("at most sixteen: the seventeenth passes, with a note", async () => {
  await using gateway = await startGateway();
  gateway.script("held.sh", hello);
  gateway.script("redirect.sh", "printf 'Location: /held.sh\\n\\n'");
  holding(gateway);
  const asked = Array.from({ length: 16 }, (_, index) => gateway.get(`/held.sh?${index}`));
  await held(gateway, 16);
  expect(bodyOf(await gateway.get("/held.sh?16"))).toContain("hello");
  expect((await gateway.trace()).cause).toMatchObject({ code: "not-held", data: { limit: 16 } });

  const client = await gateway.connect();
  client.send(plain("POST", "/held.sh", ["Content-Length: 1000000"], "the rest is not waited for"));
  await client.until("hello");
  client.socket.destroy();
  const chunked = plain("POST", "/redirect.sh", ["Transfer-Encoding: chunked", "Connection: close"], "0\r\n\r\n");
  expect(await gateway.ask(chunked.replace("/1.0", "/1.1"))).toContain("hello");
  const causes = (await gateway.ended(4)).map(({ cause }) => cause?.code);
  expect(causes.slice(2)).toEqual(["not-held", "not-held"]);
  for (const one of gateway.holds.held) one.decide(goOn());
  for (const response of asked) expect(bodyOf(await response)).toContain("hello");
  expect((await gateway.ended(20)).filter((trace) => trace.held).length).toBe(16);
});

test("eight under short limits, while others pass through the one permit", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 400, totalMs: 600, concurrency: 1 } } });
  gateway.script("held.sh", hello);
  gateway.script("other.sh", hello);
  gateway.script("silent.sh", "exec sleep 60");
  holding(gateway, { matches: isSlow });
  const asked = Array.from({ length: 8 }, () => gateway.get("/held.sh"));
  await held(gateway, 8);
  const codes: string[] = [];
  for (let nth = 0; nth < 50; nth++) {
    expect(bodyOf(await gateway.get("/other.sh"))).toContain("hello");
    if (nth % 20 === 0) codes.push((await gateway.get("/silent.sh")).slice(9, 12)); // so long a limit has passed
  }
  expect(codes).toEqual(["504", "504", "504"]);
  expect(gateway.holds.held.length).toBe(8);
  for (const [nth, one] of gateway.holds.held.entries()) {
    one.decide(goOn());
    await gateway.ended(54 + nth); // all at once they would wait for the permit, and the total counts that
  }
  for (const response of asked) expect(bodyOf(await response)).toContain("hello");
  const traces = await gateway.ended(61);
  expect(traces.filter(({ outcome, request }) => outcome !== "ok" && request.target !== "/silent.sh")).toEqual([]);
});

test("all that go on at once wait for a permit, as other requests do", async () => {
  await using gateway = await startGateway({ config: { limits: { concurrency: 2 } } });
  gateway.script("held.sh", `touch "began.$$"; until [ -e go ]; do sleep 0.02; done; ${hello}`);
  const { leave, done } = holding(gateway);
  const asked = Array.from({ length: 8 }, () => gateway.get("/held.sh"));
  await held(gateway, 8);
  leave();
  await done;
  const began = () => readdirSync(gateway.folder.path).filter((name) => name.startsWith("began.")).length;
  await waitFor("two have begun", () => began() === 2 && gateway.listener.queued === 6);
  expect([gateway.listener.running, began()]).toEqual([2, 2]);
  gateway.file("go", "");
  for (const response of asked) expect(bodyOf(await response)).toContain("hello");
  expect(began()).toBe(8);
  expect((await gateway.ended(8)).flatMap(({ held: parts }) => parts?.map(({ ended }) => ended))).toEqual(
    Array.from({ length: 8 }, () => "let-go"),
  );
});

test("the limits count again once it goes on", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 60_000, totalMs: 500 } } });
  gateway.script("held.sh", "exec sleep 60");
  gateway.script("other.sh", "exec sleep 60");
  holding(gateway, { matches: isSlow });
  const asked = gateway.get("/held.sh");
  const one = await onlyHeld(gateway);
  expect(await gateway.get("/other.sh")).toContain("504"); // the total has passed for one that came later
  expect(gateway.holds.held).toEqual([one]);
  one.decide(goOn());
  expect(await asked).toContain("504");
  expect((await gateway.ended(2)).map(({ cause }) => cause?.code)).toEqual(["total-timeout", "total-timeout"]);
});
