// What is known of the script whose ways to run are compared, and what is measured of it now: in each mode, or beside
// another version. One measurement runs at a time, as long as its script is shown.
import { create } from "zustand";
import type {
  CompareAsked,
  Compared,
  MeasureAsked,
  Measurement,
  MeasureProgress,
  Outdated,
} from "../../../server/contract/measure-contract.js";
import type { Mode } from "../../../server/contract/modes.js";
import { isFolderTrusted, trustFolder } from "../../model/folder/folder-trust.js";
import { onOtherFolder } from "../../model/folder/workspace-store.js";
import { useModeComparison } from "../../platform/mode-comparison.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { untilEnded } from "../../rpc/sending.js";
import { connected } from "../../rpc/store.js";

/** What one request in a mode gave. */
export interface Trial {
  readonly id: string;
  readonly status: number | null;
  readonly ms: number | null;
}

type Measured = "modes" | "versions";

interface MeasureState {
  /** The script of the open folder that the rest is about. */
  readonly path: string | null;
  /** Null: none yet, or not read yet. */
  readonly measurement: Measurement | null;
  /** What is another one now than when it was measured; null: nothing. */
  readonly outdated: Outdated | null;
  readonly trials: ReadonlyMap<Mode, Trial | "running">;
  /** `title`: of the other version. */
  readonly comparison: { readonly title: string; readonly compared: Compared } | null;
  /** `progress` null: it has just begun. */
  readonly running: { readonly of: Measured; readonly progress: MeasureProgress | null } | null;
  /** What failed, sentences. */
  readonly failures: Readonly<Record<Measured, string | null>>;
}

const none = {
  measurement: null,
  outdated: null,
  trials: new Map<Mode, Trial | "running">(),
  comparison: null,
  running: null,
  failures: { modes: null, versions: null },
};
export const useMeasure = create<MeasureState>()(() => ({ path: null, ...none }));
const set = useMeasure.setState;
const isShown = (path: string): boolean => useMeasure.getState().path === path;
const note = (of: Measured, failure: string | null): void =>
  set(({ failures }) => ({ failures: { ...failures, [of]: failure } }));
const noteFailure = (of: Measured, error: unknown): void => note(of, problemText(problemOf(error)));

let current = new AbortController();
export const cancelMeasuring = (): void => current.abort();

/** Shows another script, or none: in another folder the same path is another script. */
function show(path: string | null): void {
  current.abort();
  set({ path, ...none });
}
onOtherFolder(() => show(null));

/** Shows what is known of a script. */
export async function showLast(path: string): Promise<void> {
  if (!isShown(path)) show(path);
  try {
    const last = await connected().measure.last({ path });
    if (useModeComparison.getState().path === path) set(last);
  } catch (error) {
    noteFailure("modes", error);
  }
}

async function run<Ended extends { readonly kind: "ended" }>(
  of: Measured,
  path: string,
  begin: (signal: AbortSignal) => Promise<AsyncIterable<MeasureProgress | Ended>>,
  done: (ended: Ended) => unknown,
): Promise<void> {
  const mine = new AbortController();
  current = mine;
  set({ running: { of, progress: null } });
  note(of, null);
  const isCurrent = (): boolean => current === mine && isShown(path);
  try {
    for await (const event of await begin(mine.signal)) {
      if (!isCurrent()) continue;
      if (event.kind === "progress") set({ running: { of, progress: event } });
      else await done(event);
    }
  } catch (error) {
    if (isCurrent() && !mine.signal.aborted) noteFailure(of, error);
  }
  if (isCurrent()) set({ running: null });
}

export const measure = (asked: MeasureAsked): Promise<void> =>
  run(
    "modes",
    asked.path,
    async (signal) => {
      if (!isFolderTrusted()) await trustFolder(); // the button says so
      return await connected().measure.run(asked, { signal });
    },
    () => showLast(asked.path), // it was kept, and the server says what was saved meanwhile
  );

export const compare = (asked: CompareAsked, title: string): Promise<void> =>
  run(
    "versions",
    asked.path,
    (signal) => connected().measure.compare(asked, { signal }),
    ({ compared }) => set({ comparison: { title, compared } }),
  );

/** Sends one request in a mode, whatever the script's own mode is. */
export async function tryMode(path: string, target: string, mode: Mode): Promise<void> {
  const noteTrial = (trial: Trial | "running" | null): void => {
    if (!isShown(path)) return;
    const trials = new Map(useMeasure.getState().trials);
    if (trial === null) trials.delete(mode);
    else trials.set(mode, trial);
    set({ trials });
  };
  noteTrial("running");
  note("modes", null);
  try {
    const client = connected();
    const request = { method: "GET", target, headers: [], body: null, mode };
    const { id } = await untilEnded(await client.requests.send(request));
    const { response, timing, held } = await client.traces.get({ id });
    noteTrial({ id, status: response?.status ?? null, ms: held ? null : timing.doneAt });
  } catch (error) {
    noteTrial(null);
    noteFailure("modes", error);
  }
}
