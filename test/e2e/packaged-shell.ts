// The packaged desktop app, unpacked: driven through its remote debugging port, since its fuses leave no other way in.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { descendants } from "../support/processes.js";
import { waitFor } from "../support/wait-for.js";
import { collectComplaints, type RunningShell } from "./running-shell.js";

const targets = z.array(z.object({ type: z.string() }));

/** Absolute path of the program. @throws Error if the runner gave none */
export function packagedProgram(): string {
  const program = process.env["TEST_PACKAGED"];
  if (program === undefined) throw new Error("TEST_PACKAGED names the packaged app’s program");
  return program;
}

const argumentsFor = (profile: string): string[] => [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), // Electron refuses to run as root with its sandbox
  `--user-data-dir=${profile}`,
];

/** `more`: variables beside those of the tests. */
export async function startPackagedShell(profile: string, more: NodeJS.ProcessEnv = {}): Promise<RunningShell> {
  const env = { ...process.env, ...more };
  const child = spawn(packagedProgram(), [...argumentsFor(profile), "--remote-debugging-port=0"], {
    cwd: "/",
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once("error", reject);
    void ended.then(() => reject(new Error("the app ended before it could be driven")));
  });
  // A driver that connects while the app makes its window can wait for ever.
  await waitFor("the app's window", async () => {
    const listed = await fetch(`http://${new URL(endpoint).host}/json/list`);
    return targets.parse(await listed.json()).some(({ type }) => type === "page");
  });
  const driver = await chromium.connectOverCDP(endpoint, { noDefaults: true });
  const [context] = driver.contexts();
  if (!context) throw new Error("the app has a context");
  const page = context.pages()[0] ?? (await context.waitForEvent("page"));
  const complaints = collectComplaints(page);
  return {
    kind: "electron",
    page,
    complaints,
    serverPid: () => {
      const server = descendants(child.pid ?? 0).find(({ command }) =>
        command.includes("--utility-sub-type=node.mojom.NodeService"),
      );
      if (!server) throw new Error("the server does not run");
      return server.pid;
    },
    // The system's dialog cannot be answered from here: a second start hands its folder over.
    handFolderOver: async (path) => {
      expectEnd(await startAgain(profile, [path], env));
    },
    answerFolderDialog: async () => undefined,
    clipboardText: () => Promise.reject(new Error("the page may not read the clipboard")),
    close: async () => {
      await page.close(); // its last window: it quits by itself
      await ended;
      await driver.close();
    },
  };
}

function expectEnd(code: number | null): void {
  if (code !== 0) throw new Error(`the second start ended with ${code}`);
}

/** Starts the app once more on a profile that is in use; resolves with its exit code. */
export function startAgain(
  profile: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number | null> {
  const child = spawn(packagedProgram(), [...argumentsFor(profile), ...args], { cwd: "/", env, stdio: "ignore" });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("exit", resolve);
  });
}
