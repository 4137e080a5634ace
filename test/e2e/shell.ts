// One fixture for both shells: starts the built app on a fresh profile, gives the window, and leaves nothing
// behind. A test also fails when the page reported an error of its own: a violation of its content policy,
// an exception, an answer that was missing.
import { test as base } from "@playwright/test";
import { waitUntilGone } from "../support/processes.js";
import { trustAllFoldersIn } from "../support/run/trusted-folders.mjs";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { startBrowserShell } from "./browser-shell.js";
import { startElectronShell } from "./electron-shell.js";
import { startPackagedShell } from "./packaged-shell.js";
import type { RunningShell, ShellKind } from "./running-shell.js";
import { WorkbenchWindow } from "./workbench-window.js";

export interface ShellOptions {
  shell: ShellKind | "packaged";
  /** False: the user has not trusted any folder yet. */
  trusts: boolean;
}
interface ShellFixtures {
  /** The app, started without a folder. */
  app: RunningShell;
  /** Its window, by the names a person sees. */
  window: WorkbenchWindow;
  /** Another instance of the app, as a second user session would start it; closed with the test. */
  anotherWindow: () => Promise<WorkbenchWindow>;
  /** The app once more, on the profile of `app`, which has ended; closed with the test. */
  nextStart: () => Promise<WorkbenchWindow>;
  /** A folder for whatever a test makes, removed afterwards. */
  folder: TempFolder;
}

/** `profile`: Electron's, with the user's data beside it. */
function start(shell: ShellOptions["shell"], profile: string, trusts = true): Promise<RunningShell> {
  const data = `${profile}-data`;
  if (trusts) trustAllFoldersIn(data);
  if (shell === "packaged") return startPackagedShell(profile, { XDG_DATA_HOME: data });
  return shell === "browser" ? startBrowserShell(data) : startElectronShell(profile, [], { XDG_DATA_HOME: data });
}

export const test = base.extend<ShellFixtures & ShellOptions>({
  shell: ["browser", { option: true }],
  trusts: [true, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  folder: async ({}, use) => {
    const folder = tempFolder();
    await use(folder);
    folder[Symbol.dispose]();
  },
  app: async ({ shell, folder, trusts }, use, testInfo) => {
    const why = process.env[`TEST_NO_${{ browser: "CHROMIUM", electron: "ELECTRON", packaged: "PACKAGED" }[shell]}`];
    testInfo.skip(why !== undefined, why ?? "");
    const app = await start(shell, folder.file("profile"), trusts);
    await use(app);
    await app.close();
    if (testInfo.status === testInfo.expectedStatus)
      base.expect(app.complaints, "what the page complained about").toEqual([]);
    await waitUntilGone(folder.path);
  },
  window: async ({ app }, use) => {
    await use(new WorkbenchWindow(app));
  },
  anotherWindow: async ({ shell, folder }, use) => {
    const opened: RunningShell[] = [];
    await use(async () => {
      const app = await start(shell, folder.file(`profile-${opened.length + 2}`));
      opened.push(app);
      return new WorkbenchWindow(app);
    });
    for (const app of opened) await app.close();
  },
  nextStart: async ({ shell, folder }, use) => {
    const started: RunningShell[] = [];
    await use(async () => {
      const app = await start(shell, folder.file("profile"));
      started.push(app);
      return new WorkbenchWindow(app);
    });
    for (const app of started) await app.close();
  },
});
export { expect } from "@playwright/test";
