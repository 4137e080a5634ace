// A killed server leaves no process running.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tempFolder } from "../../support/temp-workspace.js";
import { bundleHarness, type Harness } from "./bundle-harness.js";
import { liveProcesses, membersOf, until } from "./run-child.js";

let withKoffi: Harness;
let withoutKoffi: Harness;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  withKoffi = await bundleHarness("server-harness", { hasKoffi: true });
  withoutKoffi = await bundleHarness("server-harness", { hasKoffi: false });
});
afterAll(() => {
  for (const server of servers) server.kill("SIGKILL");
  withKoffi.remove();
  withoutKoffi.remove();
});

interface RunningServer {
  readonly server: ChildProcess;
  readonly kind: string;
  readonly why: string | null;
  readonly pids: readonly number[];
  readonly watchdog: number;
}

async function startServer(harness: Harness, wish: string, heard = "/dev/null"): Promise<RunningServer> {
  const server = spawn(process.execPath, [harness.file, wish, heard], { stdio: ["ignore", "pipe", "inherit"] });
  servers.push(server);
  const [line] = await once(server.stdout, "data");
  const said: { kind: string; why: string | null; pids: number[] } = JSON.parse(String(line));
  const watchdog = liveProcesses().find((entry) => entry.parent === server.pid && entry.command === "sh");
  return { server, ...said, watchdog: watchdog?.pid ?? 0 };
}

const members = (pids: readonly number[]): number => pids.flatMap((pid) => membersOf(pid)).length;

test.each(["native", "portable"])(
  "%s: a server ended with KILL takes its sessions along: TERM, then KILL after 2 s, then the watchdog goes",
  async (wish) => {
    using folder = tempFolder();
    const heard = folder.file("heard");
    const { server, kind, why, pids, watchdog } = await startServer(withKoffi, wish, heard);
    expect({ kind, hasWhy: why !== null }).toEqual({ kind: wish, hasWhy: wish === "portable" });
    const [polite = 0] = pids;
    expect(watchdog).toBeGreaterThan(0);
    await until("all run", () => members(pids) >= 5);
    const begun = performance.now();
    server.kill("SIGKILL");
    await until("TERM came", () => members([polite]) === 0 && existsSync(heard));
    await until("KILL came", () => members(pids) === 0);
    expect(performance.now() - begun).toBeGreaterThan(1800);
    await until("the watchdog went", () => members([watchdog]) === 0);
  },
);

test("a watchdog that dies is replaced", async () => {
  const { server, pids, watchdog } = await startServer(withKoffi, "native");
  process.kill(watchdog, "SIGKILL");
  await until("a new one", () =>
    liveProcesses().some((entry) => entry.parent === server.pid && entry.command === "sh" && entry.pid !== watchdog),
  );
  await until("all run", () => members(pids) >= 5);
  server.kill("SIGKILL");
  await until("all are gone", () => members(pids) === 0);
});

test("without koffi, scripts are started portably and the reason is reported", async () => {
  const { server, kind, why, pids } = await startServer(withoutKoffi, "auto");
  expect(kind).toBe("portable");
  expect(why).toMatch(/^Scripts are started portably: .*koffi.*\. A script that opens/);
  server.kill("SIGKILL");
  await until("all are gone", () => members(pids) === 0);
});
