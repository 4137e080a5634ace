// Where the time of FastCGI requests went, as Timing, the trace list's bars and the graph show it: real
// requests to a real program, and what becomes of the words when there is no worker, no connection or no
// answer. The parts always add up to the whole.
import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { phasesOfPoint } from "../../../renderer/features/latency/phase-series.js";
import { segmentsOf } from "../../../renderer/features/traces/waterfall.js";
import { turnOf } from "../../../renderer/model/traces/fastcgi-phases.js";
import { phasesOf } from "../../../renderer/model/traces/phases.js";
import { toTraceView } from "../../../server/trace/formats/trace-json.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { toRow } from "../../../server/trace/trace-row.js";
import { gatewayTo, hello, served } from "../../support/fastcgi-gateway.js";
import { canCompileApplication, compileApplication } from "../../support/fastcgi-programs.js";
import { request, startGateway } from "../../support/gateway.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/**
 * A trace's phases by name, ms; having seen that they follow each other, fill the whole,
 * and are the graph's and the row's as well.
 */
function phases(trace: TraceRecord): Record<string, number> {
  const view = toTraceView(trace);
  const row = toRow(trace, 1, { idOf: () => trace.id, displayPath: () => "app.fcgi" });
  const all = phasesOf(view.timing, view.fastcgi && turnOf(view.fastcgi));
  const whole = view.timing.doneAt ?? 0;
  all.forEach((phase, n) => {
    expect(phase.from).toBe(n === 0 ? 0 : all[n - 1]?.to);
  });
  expect(all.at(-1)?.to).toBeCloseTo(Math.max(whole, view.timing.exitAt ?? 0), 2);
  const drawn = phasesOfPoint({ ...row, tookMs: row.tookMs ?? 0 });
  expect(Object.values(drawn).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(whole, 2);
  for (const is of ["wait", "start", "script"] as const)
    expect(drawn[is]).toBeCloseTo(
      all
        .filter((phase) => phase.is === is)
        .reduce((sum, { from, to }) => sum + Math.min(to, whole) - Math.min(from, whole), 0),
      2,
    );
  const bar = segmentsOf(row);
  bar.forEach((segment, n) => {
    expect(segment.from).toBe(n === 0 ? 0 : bar[n - 1]?.to);
  });
  expect(bar.at(-1)?.to).toBe(row.tookMs);
  return Object.fromEntries(all.map(({ name, from, to }) => [name, to - from]));
}

const built = tempFolder();
afterAll(() => built[Symbol.dispose]());
const application = built.file("app.fcgi");
if (canCompileApplication) compileApplication(application);

describe.skipIf(!canCompileApplication)("processes of ours (apt-get install gcc libfcgi-dev)", () => {
  test("the first opens a connection, the second uses it again, a third waits for the second; each says which of its process it was", async () => {
    await using gateway = await startGateway({ config: { scripts: { "app.fcgi": { workers: 1 } } } });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    await gateway.get("/app.fcgi");
    const slowly = gateway.get("/app.fcgi?sleep=1000");
    await waitFor("the second is being served", () => gateway.workers.list()[0]?.workers[0]?.state === "busy");
    await Promise.all([slowly, gateway.get("/app.fcgi?sleep=1")]);
    const [first, second, third] = await gateway.ended(3);
    if (!first || !second || !third) throw new Error("three requests");
    const answered = ["Hand over", "To first byte", "Headers", "Body", "To end", "To the client"];
    expect(Object.keys(phases(first))).toEqual(["Request headers", "Waiting", "Queue", "Connect", ...answered]);
    for (const kept of [second, third])
      expect(Object.keys(phases(kept))).toEqual(["Request headers", "Waiting", "Queue", "Reuse", ...answered]);
    const [slow, waited] = [phases(second), phases(third)];
    expect(slow["To first byte"]).toBeGreaterThan(990);
    expect(waited["Queue"]).toBeGreaterThan(slow["Queue"] ?? 0);
    expect(third.t0Ms + (third.fastcgi?.readyAt ?? 0)).toBeGreaterThan(second.t0Ms + (second.timing.firstByteAt ?? 0));
    expect([first, second, third].map(({ fastcgi }) => fastcgi?.nth).sort()).toEqual([1, 2, 3]);
  });

  test("a request that hung until the timeout, and applications that died before and within their response", async () => {
    await using gateway = await startGateway({
      config: { scripts: { "app.fcgi": { workers: 1 } }, limits: { silenceMs: 1500 } },
    });
    execFileSync("cp", [application, gateway.folder.file("app.fcgi")]);
    for (const query of ["hang", "kill=9", "partly=9"]) await gateway.get(`/app.fcgi?${query}`);
    const [hung, died, cut] = await gateway.ended(3);
    if (!hung || !died || !cut) throw new Error("three requests");
    expect(phases(hung)["No response"]).toBeGreaterThan(1400);
    expect(Object.keys(phases(died)).slice(-2)).toEqual(["No response", "To the client"]);
    expect(Object.keys(phases(cut)).slice(-3)).toEqual(["Body", "Cut off", "To the client"]);
  });
});

test("at an address without a listener the time is spent connecting", async () => {
  await using gateway = await gatewayTo("unix:none.sock");
  await gateway.get("/app/");
  const parts = phases(await gateway.trace());
  expect(Object.keys(parts)).toEqual(["Request headers", "Waiting", "Queue", "Connect", "To the client"]);
  expect(parts["To the client"]).toBe(0);
});

test("a request that the client aborted before the application took it shows only waiting in the queue", async () => {
  let finish = (): void => {};
  await using t = await served(
    (r) => {
      finish = () => void r.answer(hello);
    },
    { connections: 1 },
  );
  const first = t.gateway.get("/app/one");
  const leaving = await t.gateway.connect();
  leaving.send(request("GET", "/app/two"));
  await waitFor("both are under way", () => t.gateway.listener.running === 2 && t.application.requests.length === 1);
  leaving.socket.destroy();
  const [gone] = await t.gateway.ended(1);
  finish();
  await first;
  if (!gone) throw new Error("one left");
  expect([gone.outcome, Object.keys(phases(gone)).at(2)]).toEqual(["client-gone", "Queue"]);
});
