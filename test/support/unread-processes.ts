// A system that cannot say which processes run.
import { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { vi } from "vitest";

/** Does the work while the files of `isUnread` cannot be read, as without free descriptors: usually all of /proc. */
export async function withUnreadProcesses(
  work: () => Promise<void>,
  isUnread = (path: string): boolean => path.startsWith("/proc/"),
): Promise<void> {
  const { readFile } = promises;
  const spy = vi.spyOn(promises, "readFile").mockImplementation((path, options) => {
    if (!isUnread(String(path))) return readFile(path, options);
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
