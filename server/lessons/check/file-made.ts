// Notices that a script makes a file, such as one that means "busy".
import { readdirSync, watch } from "node:fs";

/** Aborts once there is a file in the folder that was not there before; disposing ends it. */
export function fileMade(folder: string): Disposable & { readonly signal: AbortSignal } {
  const before = new Set(readdirSync(folder));
  const made = new AbortController();
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !before.has(name)) made.abort();
  });
  return { signal: made.signal, [Symbol.dispose]: () => watcher.close() };
}
