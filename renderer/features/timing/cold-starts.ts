// The cold starts that were examined in the open folder. One is examined at a time; it can be cancelled.
import { create } from "zustand";
import type { StartupReport } from "../../../server/contract/command-output.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

interface ColdStarts {
  /** The newest is the last one. */
  readonly reports: ReadonlyMap<string, StartupReport>;
  /** The last one that failed, and why, a sentence. */
  readonly failed: { readonly key: string; readonly failure: string } | null;
  readonly running: { readonly key: string; readonly end: AbortController } | null;
}
const nothing: ColdStarts = { reports: new Map(), failed: null, running: null };

/** By the script, when it was saved, and the target. */
export const useColdStarts = create<ColdStarts>()(() => nothing);

/** Reports that are kept: each lists some hundred modules. */
const mostKept = 20;

export const cancelColdStart = (): void => useColdStarts.getState().running?.end.abort();

/** In another folder the same paths are other files. */
useWorkspace.subscribe(({ workspace }, before) => {
  if (workspace?.root === before.workspace?.root) return;
  cancelColdStart();
  useColdStarts.setState(nothing);
});

export async function examineColdStart(key: string, target: string): Promise<void> {
  const end = new AbortController();
  useColdStarts.setState({ running: { key, end }, failed: null });
  const note = (change: Partial<ColdStarts>): void => {
    if (useColdStarts.getState().running?.end === end) useColdStarts.setState({ running: null, ...change });
  };
  try {
    const report = await connected().measure.startup({ target }, { signal: end.signal });
    const kept = [...useColdStarts.getState().reports].filter(([known]) => known !== key).slice(1 - mostKept);
    note({ reports: new Map([...kept, [key, report]]) });
  } catch (error) {
    note(end.signal.aborted ? {} : { failed: { key, failure: problemText(problemOf(error)) } });
  }
}
