// The files chosen for a body. A page may read a chosen file for as long as it lives;
// what the composer remembers is a reference.
import type { FileRef } from "./draft.js";

const files = new Map<string, Blob>();

/** From now on the reference means this file. */
export function keepFile(blob: Blob, name: string): FileRef {
  const id = crypto.randomUUID();
  files.set(id, blob);
  return { id, name, type: blob.type, sizeBytes: blob.size };
}

/** Null when the page was reloaded since it was chosen. */
export const keptFile = (ref: FileRef): Blob | null => files.get(ref.id) ?? null;
