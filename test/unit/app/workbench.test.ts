// The core as a whole: it opens one folder after the other, logs what happens to them, and can cancel an opening.
import { existsSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { logMessage } from "../../../server/app/messages.js";
import { Workbench } from "../../../server/app/workbench.js";
import type { LogEntry } from "../../../server/contract/log-contract.js";
import { type Sentence, wordsOf } from "../../../server/contract/message.js";
import { toProblem } from "../../../server/contract/problem.js";
import { listenMessage } from "../../../server/http/front/messages.js";
import { graceMs } from "../../../server/spawn/start.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { portForProgram } from "../../support/free-port.js";
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
const logged = (level: LogEntry["level"], code: string, message?: Sentence): Promise<LogEntry> =>
  waitFor(`the log has ${code} ${wordsOf(message)}`, async () => {
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

/** Whether a second window that opens the folder finds it locked. */
async function isJoinedElsewhere({ path }: TempFolder): Promise<boolean> {
  const other = await Workspace.open(path);
  await other.dispose();
  return other.joined;
}

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
    const { traces } = workbench;
    await workbench.folder.open(one.path, { port: 0 });
    for (let n = 0; n < 2; n++) await requested("/cgi-bin/hello.py");
    const { rows, next } = await traces.rows.next(0, 10, AbortSignal.timeout(5000));
    expect(rows.map(({ file }) => file)).toEqual(["cgi-bin/hello.py", "cgi-bin/hello.py"]);
    traces.pin(rows[0]?.id ?? "", true);
    await workbench.folder.open(one.path, { port: 0 });
    expect(traces.count).toBe(2);
    await workbench.folder.close();
    await workbench.folder.open(other.path, { port: 0 });
    expect([traces.count, traces.bytes, traces.get(rows[0]?.id ?? "")]).toEqual([0, 0, null]);
    const left = await traces.rows.next(next, 10, AbortSignal.timeout(5000));
    expect(left).toMatchObject({ rows: [], missed: 0, left: left.cleared });
    await requested("/cgi-bin/hello.py");
    expect((await traces.rows.next(left.next, 10, AbortSignal.timeout(5000))).rows).toMatchObject([{ pinned: false }]);
  });

  test("opening the folder that is open and served changes nothing: its requests, its address, its lock", async () => {
    const one = folder();
    const text = "printf 'Content-Type: text/plain\\n\\n'; : >begun; until [ -e go ]; do sleep 0.05; done; printf done";
    one.write("cgi-bin/slow.cgi", `#!/bin/sh\n${text}\n`);
    one.makeExecutable("cgi-bin/slow.cgi");
    symlinkSync(one.path, one.file("link"));
    await workbench.folder.open(one.path, { port: 0 });
    const { url } = workbench.server.servingAddress();
    const opened = workbench.folder.current;
    const answer = fetch(`${url}/cgi-bin/slow.cgi`).then((response) => response.text());
    await waitFor("the script runs", () => existsSync(one.file("cgi-bin/begun")));
    await workbench.folder.open(one.path);
    await workbench.folder.open(one.file("link"), { usualPort: 1 });
    one.write("cgi-bin/go", "");
    expect(await answer).toBe("done");
    expect(workbench.folder.current).toBe(opened);
    expect(workbench.server.servingAddress().url).toBe(url);
    expect(await isJoinedElsewhere(one)).toBe(true);
    await workbench.folder.stop();
    await workbench.folder.open(one.path);
    expect(workbench.server.address()).not.toBeNull();
  });

  test("a folder that is not trusted gets no port that another folder had, whose pages may be open", async () => {
    const [trusted, other] = [folder(), folder()];
    trusted.write("cgi-workbench.json", JSON.stringify({ server: { port: await portForProgram() } }));
    await workbench.folder.open(trusted.path);
    const { port } = workbench.server.servingAddress();
    other.write("cgi-workbench.json", JSON.stringify({ server: { port } }));
    vi.stubEnv("XDG_DATA_HOME", other.file("data"));
    try {
      await workbench.folder.open(other.path);
      expect(workbench.folder.workspace().isTrusted).toBe(false);
      await logged("info", "port-of-other-folder");
      expect(workbench.server.servingAddress().port).not.toBe(port);
      const { root, trust } = workbench.folder.workspace();
      await workbench.folder.trust(root, trust.fingerprint);
      await waitFor("its own port", () => workbench.server.address()?.port === port);
      await workbench.folder.endTrust(root);
      await waitFor("another port", () => ![port, undefined].includes(workbench.server.address()?.port));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("a folder that was removed and created again is opened again", async () => {
    const one = folder();
    const path = one.file("site");
    mkdirSync(path);
    await workbench.folder.open(path, { port: 0 });
    const before = workbench.folder.current;
    renameSync(path, one.file("away"));
    mkdirSync(path);
    await workbench.folder.open(path);
    expect(workbench.folder.current).not.toBe(before);
  });

  test("a folder that is opened again with other options stays locked, until it is closed", async () => {
    const one = folder();
    await workbench.folder.open(one.path, { port: 0 });
    const before = workbench.folder.current;
    await workbench.folder.open(one.path, { port: 0 });
    expect(workbench.folder.current).not.toBe(before);
    expect([workbench.folder.workspace().joined, await isJoinedElsewhere(one)]).toEqual([false, true]);
    const stop = new AbortController();
    const cancelled = workbench.folder.open(one.path, { port: 0, signal: stop.signal });
    stop.abort();
    await expect(cancelled).rejects.toThrow();
    expect([workbench.folder.workspace().joined, await isJoinedElsewhere(one)]).toEqual([false, true]);
    await workbench.folder.close();
    expect(await isJoinedElsewhere(one)).toBe(false);
  });

  test("an opening that fails after the folder before was closed leaves no lock behind", async () => {
    const [before, one] = [folder(), folder()];
    await workbench.folder.open(before.path, { port: 0 });
    vi.spyOn(workbench.stores, "turnTo").mockRejectedValueOnce(new Error("the disk is gone"));
    await expect(workbench.folder.open(one.path, { port: 0 })).rejects.toThrow();
    expect(workbench.folder.current).toBeNull();
    expect(await isJoinedElsewhere(one)).toBe(false);
  });

  test("its end takes one grace period, though a script, a worker and what a script left ignore TERM", async () => {
    const one = folder();
    const stubborn = "#!/bin/sh\ntrap '' TERM\n";
    one.write("cgi-bin/leaves.cgi", `${stubborn}sleep 60 >/dev/null 2>&1 &\nprintf 'Content-Type: text/plain\\n\\n'\n`);
    one.write("cgi-bin/runs.cgi", `${stubborn}: >runs\nsleep 60\n`);
    one.write("works.fcgi", `${stubborn}: >works\nsleep 60\n`);
    for (const name of ["cgi-bin/leaves.cgi", "cgi-bin/runs.cgi", "works.fcgi"]) one.makeExecutable(name);
    one.write("cgi-workbench.json", JSON.stringify({ scripts: { "works.fcgi": { start: "always", workers: 1 } } }));
    const own = await Workbench.create({ start: "portable" });
    await own.folder.open(one.path, { port: 0 });
    const { url } = own.server.servingAddress();
    await (await fetch(`${url}/cgi-bin/leaves.cgi`)).text();
    const stopped = fetch(`${url}/cgi-bin/runs.cgi`).then(({ status }) => status);
    await waitFor("all run", () => existsSync(one.file("cgi-bin/runs")) && existsSync(one.file("works")));
    const begun = performance.now();
    await own.dispose();
    expect(performance.now() - begun).toBeLessThan(2 * graceMs);
    expect(await stopped).toBe(503);
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
