// Distinguishes a process from a later one with the same number, by its start time.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { errorCode } from "../../base/disk.js";

/** ESRCH: it ended between the opening of the file and the read. */
const hasEnded: ReadonlySet<string> = new Set(["ENOENT", "ESRCH"]);
/** The exit code of ps. */
const noSuchProcess = 1;

/**
 * When the process started, only good for comparison; "unknown" if the system does not report it, or cannot at present
 * (no descriptors are left): then it may run. Null if it does not run.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may contain anything
      // field 22 of proc(5), in clock ticks since the system's start
      return fields[0] === "Z" ? null : (fields[19] ?? "unknown");
    } catch (error) {
      if (errorCode(error) === "") throw error;
      return hasEnded.has(errorCode(error)) ? null : "unknown";
    }
  }
  if (!isRunning(pid)) return null;
  if (process.platform === "win32") return "unknown";
  // In one time zone: the user's may change while the process runs.
  return new Promise((resolve) => {
    execFile("/bin/ps", ["-o", "lstart=", "-p", String(pid)], { env: { LC_ALL: "C", TZ: "UTC" } }, (error, stdout) =>
      resolve(error ? (error.code === noSuchProcess ? null : "unknown") : stdout.trim()),
    );
  });
}

/** A zombie counts. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
