// The desktop app in a real Electron window, on a profile of its own.
import { spawn } from "node:child_process";
import { _electron, type ElectronApplication, errors } from "@playwright/test";
import { descendants } from "../support/processes.js";
import { repositoryRoot } from "../support/repository.js";
import { collectComplaints, type RunningShell } from "./running-shell.js";

const attachMs = 15_000;

export interface ElectronShell extends RunningShell {
  readonly application: ElectronApplication;
}

/** `args` after the app's own path: a folder to open. */
export async function startElectronShell(profile: string, args: readonly string[] = []): Promise<ElectronShell> {
  const app = await launch(profile, args);
  const page = await app.firstWindow();
  const complaints = collectComplaints(page);
  const main = app.process().pid ?? 0;
  return {
    kind: "electron",
    application: app,
    page,
    complaints,
    serverPid: () => {
      const server = descendants(main).find(({ command }) =>
        command.includes("--utility-sub-type=node.mojom.NodeService"),
      );
      if (!server) throw new Error("the server does not run");
      return server.pid;
    },
    answerFolderDialog: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      }, path),
    clipboardText: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    close: async () => {
      // Unsaved edits must not ask a question nobody answers.
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBoxSync = () => 1;
      });
      await app.close();
    },
  };
}

/**
 * About one attachment in twelve gets stuck: the window is there and drawn, and the driver waits for ever. That is between the driver and
 * Electron's debugger, with any app; those that come through take two to four seconds.
 */
async function launch(profile: string, args: readonly string[]): Promise<ElectronApplication> {
  const { executablePath, ...options } = command(profile, args);
  for (let triesLeft = 3; ; triesLeft--) {
    try {
      return await _electron.launch({ ...(executablePath && { executablePath }), ...options, timeout: attachMs });
    } catch (error) {
      if (triesLeft === 1 || !(error instanceof errors.TimeoutError)) throw error;
      console.log(`Electron's debugger was not attached to within ${attachMs} ms; once more.`);
    }
  }
}

/** Starts the app once more on a profile that is in use; resolves with its exit code. */
export function startSecondInstance(profile: string, args: readonly string[]): Promise<number | null> {
  const { executablePath, args: all, cwd } = command(profile, args);
  const child = spawn(executablePath ?? "", all, { cwd, stdio: "ignore" });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("exit", resolve);
  });
}

function command(
  profile: string,
  args: readonly string[],
): { executablePath: string | undefined; cwd: string; args: string[] } {
  // Electron refuses to run as root with its sandbox.
  const flags = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    executablePath: process.env["TEST_ELECTRON"],
    cwd: repositoryRoot,
    args: [...flags, `--user-data-dir=${profile}`, ".", ...args],
  };
}
