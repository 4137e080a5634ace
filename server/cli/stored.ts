// The stored traces of a folder, for the verbs that read them.

import { resolve } from "node:path";
import { ProblemError } from "../base/problem.js";
import { toProblem } from "../contract/problem.js";
import { readStoreOf } from "../features/exchange/read-store.js";
import { storeMessage } from "../store/messages.js";
import { storePath } from "../store/store-path.js";
import type { StoreReader } from "../store/store-reader.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { openableFolder } from "../workspace/files/folders.js";
import { tellProblems } from "./tell-problems.js";

/** The absolute path of a folder, without links: its store goes by it. @throws ProblemError if it cannot be read */
export const storedFolder = (folder: string): Promise<string> => openableFolder(resolve(folder));

/** Calls `read` with the folder's store; null: it has none. @throws ProblemError */
export async function readStore<T>(folder: string, read: (store: StoreReader | null) => T): Promise<T> {
  const root = await storedFolder(folder);
  return readStoreOf(root, (store) => {
    const found = read(store);
    if (store?.hasDamage) tellDamage(root);
    return found;
  });
}

let isDamageTold = false;

/** Says once that damaged traces were left out. */
function tellDamage(root: string): void {
  if (!isDamageTold) tellProblems([toProblem(storeMessage("store-damaged-trace", { path: storePath(root) }))]);
  isDamageTold = true;
}

/** @throws ProblemError if there is no such trace */
export async function storedTrace(folder: string, id: string): Promise<TraceRecord> {
  const found = await readStore(folder, (store) => store?.get(id) ?? null);
  if (!found) throw new ProblemError(storeMessage("trace-not-stored", { trace: id }));
  return found;
}
