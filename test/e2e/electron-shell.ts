// The desktop app in a real Electron window, on a profile of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, type ElectronApplication, errors, test } from "@playwright/test";
import { descendants } from "../support/processes.js";
import { repositoryRoot } from "../support/repository.js";
import { remark } from "../support/run/counts.js";
import { trustAllFoldersIn } from "../support/run/trusted-folders.mjs";
import { collectComplaints, type RunningShell } from "./running-shell.js";

const attachMs = 20_000;
const holdUntilAttached = fileURLToPath(new URL("electron-hold.cjs", import.meta.url));

export interface ElectronShell extends RunningShell {
  readonly application: ElectronApplication;
}

/** `args` after the app's own path: a folder to open. `more`: variables beside those of the tests. */
export async function startElectronShell(
  profile: string,
  args: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
): Promise<ElectronShell> {
  const app = await launch(profile, args, more);
  const ended = new Promise<void>((resolve) => app.once("close", () => resolve()));
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
      try {
        // Unsaved edits must not ask a question that no one answers.
        await app.evaluate(({ dialog }) => {
          dialog.showMessageBoxSync = () => 1;
        });
        await app.close();
      } catch (error) {
        if (app.windows().length > 0) throw error;
        await ended; // a test closed its last window, and with that it quits by itself
      }
    },
  };
}

/**
 * Attaches before the app is ready (see electron-hold.cjs). Should that not come through,
 * once more: the run tells of it at its end.
 */
async function launch(profile: string, args: readonly string[], more: NodeJS.ProcessEnv): Promise<ElectronApplication> {
  const { executablePath, cwd, args: all } = command(profile, args);
  const options = executablePath ? { executablePath, args: ["-r", holdUntilAttached, ...all] } : { args: all };
  const given = Object.entries({ ...process.env, ...more });
  const env = Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const start = () => _electron.launch({ ...options, cwd, env, timeout: attachMs });
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    test.info().annotations.push({ type: remark, description: `Electron was not attached to within ${attachMs} ms` });
    return start();
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

/**
 * As a shell starts it in a terminal: a process group of its own, which gets every Ctrl+C. `profile` is in use by none.
 */
export function startInTerminal(how: "electron" | "npm start", profile: string, folder: string): ChildProcess {
  const { executablePath = "", args, cwd } = command(profile, [folder]);
  const flags = args.slice(0, args.indexOf("."));
  const [program, words] =
    how === "electron" ? [executablePath, args] : ["npm", ["start", "--", folder, "--", ...flags]];
  const data = `${profile}-data`;
  trustAllFoldersIn(data);
  const env = { ...process.env, XDG_DATA_HOME: data, ELECTRON_OVERRIDE_DIST_PATH: dirname(executablePath) };
  return spawn(program, words, { cwd, env, detached: true, stdio: "ignore" });
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
