// From the editor onto the disk: only over the version that the edits began from, unless the user chooses to overwrite.
import { Emitter } from "../../platform/emitter.js";
import { orCalledOff, withProgress } from "../../platform/progress.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { nameOf } from "./document.js";
import { changeDocument, documentAt, useDocuments } from "./document-store.js";
import { dropDraft } from "./drafts.js";
import { readOrGone } from "./read-document.js";
import { bufferOf, isBufferDirty } from "./text-buffers.js";

/** After each save. `sendsItself`: the caller sends a request of its own. */
export const fileSaves = new Emitter<{ readonly path: string; readonly sendsItself: boolean }>();

/** Saves a file. True when it is on disk now. */
export async function saveDocument(
  path: string,
  { overwrite = false, sendsItself = false }: { readonly overwrite?: boolean; readonly sendsItself?: boolean } = {},
): Promise<boolean> {
  const document = documentAt(path);
  const buffer = bufferOf(path);
  const { root } = useDocuments.getState();
  if (document?.kind !== "text" || !buffer || root === null || document.isSaving) return false;
  const { client } = useServer.getState();
  if (!client) {
    changeDocument(path, {
      problem: {
        code: "no-connection",
        message: "Not saved: there is no connection to the server.",
        fix: "Your edits are kept. Save again when the connection is back.",
      },
    });
    return false;
  }
  changeDocument(path, { isSaving: true, problem: null });
  const version = buffer.model.getAlternativeVersionId();
  try {
    const text = buffer.model.getValue();
    const expectedHash = overwrite ? await hashOnDisk(client, path) : document.hash;
    const saved = await withProgress(`Saving ${nameOf(path)}`, (signal) =>
      orCalledOff(signal, client.files.write({ path, text, bom: document.bom, expectedHash }, { signal })),
    );
    if (saved.kind === "conflict") {
      changeDocument(path, { isSaving: false, disk: saved.hash === null ? "gone" : "changed" });
      return false;
    }
    buffer.savedVersion = version;
    const isDirty = isBufferDirty(buffer); // typed on while it was being written
    const { hash, sizeBytes, modifiedAt, executable } = saved;
    const facts = { sizeBytes, modifiedAt, executable };
    changeDocument(path, { isSaving: false, hash, executable, isDirty, mixed: false, disk: "same", saved: facts });
    if (!isDirty) dropDraft(root, path);
    fileSaves.fire({ path, sendsItself });
    return true;
  } catch (error) {
    changeDocument(path, { isSaving: false, problem: problemOf(error) });
    return false;
  }
}

/** Hash of what is on disk now; null when there is nothing. */
async function hashOnDisk(client: Client, path: string): Promise<string | null> {
  const content = await readOrGone(client, path);
  return content && "hash" in content ? content.hash : null;
}
