// Browser mode as `npm start` gives it where there is no desktop: the launcher prints
// the window's address, Chromium opens it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { descendants } from "../support/processes.js";
import { repositoryRoot } from "../support/repository.js";
import { waitFor } from "../support/wait-for.js";
import { collectComplaints, type RunningShell } from "./running-shell.js";
import { WorkbenchWindow } from "./workbench-window.js";

let launched: Promise<Browser> | null = null;

/**
 * One browser for all tests of a worker, a context of its own for each: starting Chromium takes longer
 * than most of them. Ends with the worker.
 */
export async function startChromium(): Promise<Browser> {
  if (launched && !(await launched).isConnected()) launched = null;
  const executablePath = process.env["TEST_CHROMIUM"];
  launched ??= chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    return await launched;
  } catch (error) {
    launched = null;
    throw error;
  }
}

/** `data`: the folder for the user's data. The browser itself keeps nothing of a test before. */
export async function startBrowserShell(data: string): Promise<RunningShell> {
  // First: what is started after it would be left running if it could not be launched.
  const browser = await startChromium();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env; // no browser of the system's may open
  const launcher = spawn(process.execPath, ["electron/launch/start.mjs", "--browser"], {
    cwd: repositoryRoot,
    env: { ...env, XDG_DATA_HOME: data },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => {
    launcher.once("exit", () => resolve());
  });
  let context: BrowserContext | null = null;
  const close = async (): Promise<void> => {
    await context?.close();
    launcher.kill("SIGINT");
    await ended;
  };
  try {
    const address = await addressIn(launcher.stdout, ended);
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    return await openShell(context, address, launcher.pid ?? 0, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address that the launcher prints before it ends. */
function addressIn(output: Readable, ended: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: output }).on("line", (line) => {
      const [url] = /http:\/\/\S+/.exec(line) ?? [];
      if (url) resolve(url);
    });
    void ended.then(() => reject(new Error("the launcher ended before it had an address")));
  });
}

async function openShell(
  context: BrowserContext,
  address: string,
  launcherPid: number,
  close: () => Promise<void>,
): Promise<RunningShell> {
  const openTab = async (complaints: string[], link: string) => {
    const page = await context.newPage();
    collectComplaints(page, complaints);
    await page.goto(link);
    return page;
  };
  const complaints: string[] = [];
  const page = await openTab(complaints, address);
  const clipboardText = async (): Promise<string> => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const shell: RunningShell = {
    kind: "browser",
    page,
    complaints,
    anotherTab: async () => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const before = await clipboardText();
      await new WorkbenchWindow(shell).runCommand("Copy link to this window");
      const link = await waitFor("the link is on the clipboard", async () => {
        const now = await clipboardText();
        return now !== before && now;
      });
      return new WorkbenchWindow({ ...shell, page: await openTab(complaints, link) });
    },
    serverPid: () => {
      const server = descendants(launcherPid).find(({ command }) => command.includes("dist/node/browser.js"));
      if (!server) throw new Error("the server does not run");
      return server.pid;
    },
    answerFolderDialog: async () => undefined,
    clipboardText,
    close,
  };
  return shell;
}
