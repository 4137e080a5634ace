// The stored traces of a folder, for the verbs that read them.

import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { storeMessage } from "../trace/store/messages.js";
import { NewerSchemaError } from "../trace/store/store-file.js";
import { storePath } from "../trace/store/store-path.js";
import { StoreReader } from "../trace/store/store-reader.js";
import { UsageError } from "./usage.js";

/** Calls `read` with the folder's store; null: it has none. @throws UsageError for no folder, ProblemError */
export async function readStore<T>(folder: string, read: (store: StoreReader | null) => T): Promise<T> {
  const root = await realpath(resolve(folder)).catch((error: unknown) => {
    throw new UsageError(`the folder ${folder} cannot be read: ${errorCode(error) || String(error)}`);
  });
  const path = storePath(root);
  if (!existsSync(path)) return read(null);
  let store: StoreReader | null = null;
  try {
    store = new StoreReader(path);
    return read(store);
  } catch (error) {
    if (error instanceof NewerSchemaError)
      throw new ProblemError(storeMessage("store-newer", { path }), { cause: error });
    if (error instanceof Error && ("errcode" in error || "sqliteCode" in error))
      throw new ProblemError(storeMessage("store-unreadable", { path, systemText: error.message }), { cause: error });
    throw error;
  } finally {
    store?.close();
  }
}
