// The run of one request with many values: its rows, as they come. It ends with its tab, and with the folder.
import { create } from "zustand";
import type { RunToVary, VariedRow } from "../../../server/contract/variations-contract.js";
import { onOtherFolder } from "../../model/folder/workspace-store.js";
import { closeBottomTab, showBottomTab, useBottomTab } from "../../platform/bottom-tab-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

export interface Run {
  /** What is varied, as a heading. */
  readonly title: string;
  readonly count: number;
  readonly rows: readonly VariedRow[];
  readonly startedMs: number;
  /** Null while it runs. */
  readonly endedMs: number | null;
  /** Why it ended early: a sentence. */
  readonly problem: string | null;
}

export const useVariations = create<{ readonly run: Run | null }>()(() => ({ run: null }));

let running: AbortController | null = null;

/**
 * Starts the run. Resolves with 0 when it has begun; with the number of requests that need to be allowed, if there
 * are any, and then nothing is sent. Rejects if it cannot begin.
 */
export async function startVariations(title: string, asked: RunToVary): Promise<number> {
  const abort = new AbortController();
  const events = (await connected().variations.run(asked, { signal: abort.signal }))[Symbol.asyncIterator]();
  const first = await events.next();
  if (first.done || first.value.kind !== "begun") throw new Error("The connection to the server closed.");
  const { count, unsafe } = first.value;
  if (unsafe > 0 && !asked.isAllowed) return unsafe;
  stopVariations();
  running = abort;
  useVariations.setState({
    run: { title, count, rows: [], startedMs: performance.now(), endedMs: null, problem: null },
  });
  showBottomTab("variations");
  void follow(events, abort); // reports its own failures
  return 0;
}

type Events = AsyncIterator<{ kind: "begun" } | { kind: "rows"; rows: VariedRow[] }>;

async function follow(events: Events, abort: AbortController): Promise<void> {
  const change = (part: (run: Run) => Partial<Run>): void => {
    if (running === abort) useVariations.setState(({ run }) => ({ run: run && { ...run, ...part(run) } }));
  };
  try {
    for (let step = await events.next(); !step.done && !abort.signal.aborted; step = await events.next()) {
      const more = step.value.kind === "rows" ? step.value.rows : [];
      change(({ rows }) => ({ rows: [...rows, ...more] }));
    }
  } catch (error) {
    change(() => ({ problem: problemText(problemOf(error)) }));
  } finally {
    if (running === abort) stopVariations();
  }
}

/** At once: what still comes is dropped. */
export function stopVariations(): void {
  running?.abort();
  running = null;
  useVariations.setState(({ run }) => ({ run: run && { ...run, endedMs: run.endedMs ?? performance.now() } }));
}

useBottomTab.subscribe(({ open }) => {
  if (open.has("variations") || useVariations.getState().run === null) return;
  stopVariations();
  useVariations.setState({ run: null });
});
onOtherFolder(() => closeBottomTab("variations"));
