// A script measured beside another version of it, or beside another script: what
// there is to choose from, and what came of it.
import { create } from "zustand";
import type { CompareAsked, Compared, MeasureProgress } from "../../../server/contract/measure-contract.js";
import { baseOf } from "../../format/file-path.js";
import { documentAt } from "../../model/documents/document-store.js";
import { bufferOf, isBufferDirty } from "../../model/documents/text-buffers.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

/** Something to measure a script beside. */
export interface Choice {
  readonly key: string;
  /** "#12 ran it", "the unsaved text". */
  readonly title: string;
  readonly against: CompareAsked["against"];
}

interface CompareState {
  /** Of which script all this is, and in which folder. */
  readonly path: string | null;
  readonly root: string | null;
  readonly choices: readonly Choice[];
  /** Null: nothing runs. */
  readonly progress: MeasureProgress | "begun" | null;
  readonly result: { readonly title: string; readonly compared: Compared } | null;
  /** What failed, a sentence. */
  readonly failure: string | null;
}

const none = { choices: [], progress: null, result: null, failure: null };
export const useCompare = create<CompareState>()(() => ({ path: null, root: null, ...none }));
const set = useCompare.setState;

/** So many of the newest traces of a script are asked for the version that they ran. */
const mostTraces = 12;

/** Finds what the script can be compared with. */
export async function findChoices(path: string): Promise<void> {
  const { root } = useFiles.getState();
  const known = useCompare.getState();
  if (known.path !== path || known.root !== root) {
    cancelComparing();
    set({ path, root, ...none });
  }
  try {
    const choices = [...unsaved(path), ...(await ran(path)), ...otherScripts(path)];
    if (useCompare.getState().path === path) set({ choices });
  } catch (error) {
    set({ failure: problemText(problemOf(error)) });
  }
}

function unsaved(path: string): readonly Choice[] {
  const [document, buffer] = [documentAt(path), bufferOf(path)];
  if (document?.kind !== "text" || !buffer || !isBufferDirty(buffer)) return [];
  const { bom, encoding } = document;
  const against = { kind: "unsaved" as const, text: buffer.model.getValue(), bom, encoding };
  return [{ key: "unsaved", title: "the text in the editor, not saved", against }];
}

/** The newest trace of each version. */
async function ran(path: string): Promise<readonly Choice[]> {
  const client = connected();
  const document = documentAt(path);
  const seen = new Set(document?.kind === "text" ? [document.hash] : []);
  const rows = useTraceStore.getState().rows.filter((row) => row?.kind === "script" && row.file === path);
  const choices: Choice[] = [];
  for (const row of rows.slice(-mostTraces).reverse()) {
    if (!row) continue;
    const hash = (await client.traces.get({ id: row.id })).route.scriptHash;
    if (hash === null || seen.has(hash)) continue;
    seen.add(hash);
    choices.push({ key: hash, title: `the version that request #${row.seq} ran`, against: { kind: "ran", hash } });
  }
  return choices;
}

const otherScripts = (path: string): readonly Choice[] =>
  useFiles
    .getState()
    .entries.flatMap(({ path: other, mode, target }) =>
      mode === null || target === null || other === path
        ? []
        : { key: other, title: baseOf(other), against: { kind: "script" as const, target } },
    );

let running = new AbortController();
export const cancelComparing = (): void => running.abort();

export async function compare(asked: CompareAsked, title: string): Promise<void> {
  const mine = new AbortController();
  running = mine;
  set({ progress: "begun", failure: null });
  const isShown = (): boolean => running === mine && useCompare.getState().path === asked.path;
  try {
    for await (const event of await connected().measure.compare(asked, { signal: mine.signal })) {
      if (!isShown()) continue;
      if (event.kind === "progress") set({ progress: event });
      else set({ result: { title, compared: event.compared } });
    }
  } catch (error) {
    if (isShown() && !mine.signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  if (isShown()) set({ progress: null });
}
