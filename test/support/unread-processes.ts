// A system that cannot say which processes run.
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { vi } from "vitest";

/** Does the work while nothing can be read about processes, as without free descriptors. */
export async function withUnreadProcesses(work: () => Promise<void>): Promise<void> {
  const { readFile } = promises;
  const spy = vi.spyOn(promises, "readFile").mockImplementation((path, options) => {
    if (!String(path).startsWith("/proc/")) return readFile(path, options);
    return Promise.reject(Object.assign(new Error("too many open files"), { code: "EMFILE" }));
  });
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    spy.mockRestore();
    syncBuiltinESMExports();
  }
}
