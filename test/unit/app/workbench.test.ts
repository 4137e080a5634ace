// The core as a whole: it opens one folder after the other, logs what happens to them, and can cancel an opening.
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { logMessage } from "../../../server/app/messages.js";
import { Workbench } from "../../../server/app/workbench.js";
import type { LogEntry } from "../../../server/contract/log-contract.js";
import { toProblem } from "../../../server/contract/problem.js";
import { listenMessage } from "../../../server/http/front/messages.js";
import { copyWorkspace, type TempFolder } from "../../support/temp-workspace.js";
import { waitFor, within } from "../../support/wait-for.js";

let workbench: Workbench;
const folders: TempFolder[] = [];
const folder = (): TempFolder => {
  const made = copyWorkspace("basic");
  folders.push(made);
  return made;
};
beforeEach(async () => {
  workbench = await Workbench.create({ start: "portable" });
});
afterEach(async () => {
  await workbench.dispose();
  for (const made of folders.splice(0)) made[Symbol.dispose]();
});

/** `message`: its sentence, when it matters what was put into it. */
const logged = (level: LogEntry["level"], code: string, message?: string): Promise<LogEntry> =>
  waitFor(`the log has ${code} ${message}`, async () => {
    const { entries } = await workbench.log.next(0, new AbortController().signal);
    const matches = (entry: LogEntry) => entry.level === level && entry.code === code;
    return entries.find((entry) => matches(entry) && entry.message === (message ?? entry.message)) ?? null;
  });

const requested = async (target: string): Promise<void> => {
  const ended = new Promise<void>((resolve) => {
    workbench.traces.onEnd = () => resolve();
  });
  await (await fetch(`${workbench.server.servingAddress().url}${target}`)).text();
  await ended;
};

describe("the workbench", () => {
  test("an opening that was cancelled leaves the folder before as it is", async () => {
    const [before, other] = [folder(), folder()];
    await workbench.folder.open(before.path, { port: 0 });
    const url = workbench.server.servingAddress().url;
    const stop = new AbortController();
    const opening = workbench.folder.open(other.path, { port: 0, signal: stop.signal });
    stop.abort();
    await expect(opening).rejects.toThrow();
    expect([workbench.folder.workspace().root, workbench.server.servingAddress().url]).toEqual([before.path, url]);
    await workbench.folder.open(other.path, { port: 0 });
    expect(workbench.folder.workspace().root).toBe(other.path);
  });

  test("the log has what happens to server, folder and configuration", async () => {
    const one = folder();
    await workbench.folder.open(one.path, { port: 0 });
    await logged("warning", "portable-start");
    await logged("info", "folder-opened", logMessage("folder-opened", { root: one.path }).text);
    const { url } = workbench.server.servingAddress();
    await logged("info", "serving", logMessage("serving", { url }).text);

    const saved = await workbench.folder
      .workspace()
      .write("cgi-workbench.json", { text: '{ "limits": { "queue": -1 } }', bom: false, expectedHash: null });
    const [mistake] = workbench.folder.workspace().problems;
    expect(mistake).toMatchObject({ line: 1, data: { setting: "limits.queue" } });
    await logged("error", "configuration", mistake?.message);
    if (saved.kind !== "saved") throw new Error("it was saved");
    await workbench.folder
      .workspace()
      .write("cgi-workbench.json", { text: '{ "limits": { "queue": 1 } }', bom: false, expectedHash: saved.hash });
    await logged("info", "configuration-valid");
    await logged("info", "configuration-reloaded");

    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const inUse = listenMessage("port-in-use", { host: "127.0.0.1", port });
    await expect(workbench.folder.start(port)).rejects.toMatchObject({ problem: toProblem(inUse) });
    await logged("error", inUse.code, inUse.text);
    taken.close();
    await workbench.folder.close();
    await logged("info", "folder-closed", logMessage("folder-closed", { root: one.path }).text);
  });

  test("a saved configuration's budget for traces is shown without a request", async () => {
    const one = folder();
    await workbench.folder.open(one.path, { port: 0 });
    const { signal } = new AbortController();
    const before = await workbench.counts.next(-1, signal);
    const text = '{ "limits": { "memoryBytes": 20000000 } }';
    await workbench.folder.workspace().write("cgi-workbench.json", { text, bom: false, expectedHash: null });
    const after = await within("the counts", workbench.counts.next(before.rev, signal), 5000);
    expect(after.traces.budgetBytes).toBe(20_000_000);
  });

  test("a folder that is opened again keeps its traces in memory; another one begins without them", async () => {
    const [one, other] = [folder(), folder()];
    const { traces, latency } = workbench;
    await workbench.folder.open(one.path, { port: 0 });
    for (let n = 0; n < 2; n++) await requested("/cgi-bin/hello.py");
    const { rows, next } = await traces.next(0, 10, AbortSignal.timeout(5000));
    expect(rows.map(({ file }) => file)).toEqual(["cgi-bin/hello.py", "cgi-bin/hello.py"]);
    traces.pin(rows[0]?.id ?? "", true);
    await workbench.folder.open(one.path, { port: 0 });
    expect([traces.count, latency.summary("cgi-bin/hello.py").total]).toEqual([2, 2]);
    await workbench.folder.close();
    await workbench.folder.open(other.path, { port: 0 });
    expect([traces.count, traces.bytes, traces.get(rows[0]?.id ?? "")]).toEqual([0, 0, null]);
    expect([latency.summary("cgi-bin/hello.py").total, latency.summary(null).total]).toEqual([0, 0]);
    const left = await traces.next(next, 10, AbortSignal.timeout(5000));
    expect(left).toMatchObject({ rows: [], missed: 0, left: left.cleared });
    await requested("/cgi-bin/hello.py");
    expect((await traces.next(left.next, 10, AbortSignal.timeout(5000))).rows).toMatchObject([{ pinned: false }]);
  });

  test("a request that could not run is logged once, however often it comes", async () => {
    const one = folder();
    one.write("cgi-bin/none.cgi", "#!/no/such/interpreter\n");
    one.makeExecutable("cgi-bin/none.cgi");
    await workbench.folder.open(one.path, { port: 0 });
    await logged("info", "serving");
    for (let n = 0; n < 3; n++) await (await fetch(`${workbench.server.servingAddress().url}/cgi-bin/none.cgi`)).text();
    await logged("error", "request-not-run");
    await expect.poll(() => workbench.traces.count).toBe(3);
    const { entries } = await workbench.log.next(0, new AbortController().signal);
    const failures = entries.filter(({ about, traceId }) => about === "scripts" && traceId !== null);
    expect(failures.reduce((sum, { times }) => sum + times, 0)).toBe(3);
    expect(workbench.traces.get(failures.at(-1)?.traceId ?? "")?.outcome).toBe("spawn-error");
  });
});
