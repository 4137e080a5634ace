// Keeps the memory and the environment of this process from scripts, which run as the same user: without this they read
// the window's token and every variable from /proc. Linux only.
import { nativePlatform } from "./platform.js";

const PR_SET_DUMPABLE = 4;

/**
 * False where the system has no such setting, or koffi is missing. Programs that this process starts are not concerned.
 */
export async function keepMemoryPrivate(): Promise<boolean> {
  if (process.platform !== "linux" || nativePlatform(process.platform, process.arch) === null) return false;
  try {
    const koffi = await import("koffi");
    const prctl: (option: number, ...values: bigint[]) => number = koffi
      .load(null)
      .func("int prctl(int, ulong, ulong, ulong, ulong)");
    return prctl(PR_SET_DUMPABLE, 0n, 0n, 0n, 0n) === 0;
  } catch {
    return false; // the workbench works without koffi too
  }
}
