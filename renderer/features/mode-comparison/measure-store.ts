// The measurement of the script whose modes are compared, and the one that runs.
import { create } from "zustand";
import type { MeasureAsked, Measurement, Outdated } from "../../../server/contract/measure-contract.js";
import type { Mode } from "../../../server/contract/modes.js";
import { isFolderTrusted, trustFolder } from "../../model/folder/folder-trust.js";
import { useModeComparison } from "../../platform/mode-comparison.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { untilEnded } from "../../rpc/sending.js";
import { connected } from "../../rpc/store.js";
import { measureRun, type RunState } from "./measure-run.js";

/** What one request in a mode gave. */
export interface Trial {
  readonly id: string;
  readonly status: number | null;
  readonly ms: number | null;
}

interface MeasureState extends RunState {
  /** Null: none yet, or not read yet. */
  readonly measurement: Measurement | null;
  /** What is another one now than when it was measured; null: nothing. */
  readonly outdated: Outdated | null;
  readonly trials: ReadonlyMap<Mode, Trial | "running">;
}

const none = {
  measurement: null,
  outdated: null,
  progress: null,
  failure: null,
  trials: new Map<Mode, Trial | "running">(),
};
export const useMeasure = create<MeasureState>()(() => ({ path: null, ...none }));
const set = useMeasure.setState;

const running = measureRun(useMeasure, (path) => set({ path, ...none }));
export const cancelMeasuring = running.cancel;

/** Shows what is known of a script. */
export async function showLast(path: string): Promise<void> {
  running.showOnly(path);
  try {
    const last = await connected().measure.last({ path });
    if (useModeComparison.getState().path === path) set(last);
  } catch (error) {
    set({ failure: problemText(problemOf(error)) });
  }
}

export const measure = (asked: MeasureAsked): Promise<void> =>
  running.run(
    asked.path,
    async (signal) => {
      if (!isFolderTrusted()) await trustFolder(); // the button says so
      return await connected().measure.run(asked, { signal });
    },
    () => showLast(asked.path), // it was kept, and the server says what was saved meanwhile
  );

/** Sends one request in a mode, whatever the script's own mode is. */
export async function tryMode(path: string, target: string, mode: Mode): Promise<void> {
  const note = (trial: Trial | "running" | null): void => {
    if (useMeasure.getState().path !== path) return;
    const trials = new Map(useMeasure.getState().trials);
    if (trial === null) trials.delete(mode);
    else trials.set(mode, trial);
    set({ trials });
  };
  note("running");
  set({ failure: null });
  try {
    const client = connected();
    const request = { method: "GET", target, headers: [], body: null, mode };
    const { id } = await untilEnded(await client.requests.send(request));
    const { response, timing, held } = await client.traces.get({ id });
    note({ id, status: response?.status ?? null, ms: held ? null : timing.doneAt });
  } catch (error) {
    note(null);
    set({ failure: problemText(problemOf(error)) });
  }
}
