// The stored traces of a folder, for whoever reads them now and then.
import { existsSync } from "node:fs";
import { lastSaveOf } from "../../app/last-save.js";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { storeMessage } from "../../store/messages.js";
import { NewerSchemaError } from "../../store/store-file.js";
import { storePath } from "../../store/store-path.js";
import { StoreReader } from "../../store/store-reader.js";
import { DamagedRecord } from "../../trace/codec/record.js";

/** When a script of the folder was saved last, Unix time in ms; null: none is there. */
export const lastSaveIn = (root: string): number | null =>
  lastSaveOf(readStoreOf(root, (store) => store?.scripts() ?? []));

/** Calls `read` with the store of a folder (absolute, without links); null: it has none. @throws ProblemError */
export function readStoreOf<T>(root: string, read: (store: StoreReader | null) => T): T {
  const path = storePath(root);
  if (!existsSync(path)) return read(null);
  let store: StoreReader | null = null;
  try {
    store = new StoreReader(path);
    return read(store);
  } catch (error) {
    if (error instanceof DamagedRecord)
      throw new ProblemError(storeMessage("store-damaged-trace", { path }), { cause: error });
    if (error instanceof NewerSchemaError)
      throw new ProblemError(storeMessage("store-newer", { path }), { cause: error });
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(storeMessage("store-unreadable", { path, systemText: errorText(error) }), { cause: error });
  } finally {
    store?.close();
  }
}
