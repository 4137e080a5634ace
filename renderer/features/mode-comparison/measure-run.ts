// A run that measures a script: one at a time of each kind, as long as its script is shown.
import type { MeasureProgress } from "../../../server/contract/measure-contract.js";
import { onOtherFolder } from "../../model/folder/workspace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";

export interface RunState {
  /** The script of the open folder that the rest is about. */
  readonly path: string | null;
  /** Null: nothing runs. */
  readonly progress: MeasureProgress | "begun" | null;
  /** What failed, a sentence. */
  readonly failure: string | null;
}

type Shown = Pick<RunState, "progress"> | Pick<RunState, "failure"> | Omit<RunState, "path">;
interface Store {
  getState(): RunState;
  setState(state: Shown): void;
}

/** `clear` shows another script, or none: in another folder the same path is another script. */
export function measureRun({ getState, setState }: Store, clear: (path: string | null) => void) {
  let running = new AbortController();
  const show = (path: string | null): void => {
    running.abort();
    clear(path);
  };
  onOtherFolder(() => show(null));
  return {
    cancel: (): void => running.abort(),
    showOnly: (path: string): void => {
      if (getState().path !== path) show(path);
    },
    async run<Event extends { readonly kind: string }>(
      path: string,
      begin: (signal: AbortSignal) => Promise<AsyncIterable<MeasureProgress | Event>>,
      done: (event: Event) => unknown,
    ): Promise<void> {
      const mine = new AbortController();
      running = mine;
      setState({ progress: "begun", failure: null });
      const isShown = (): boolean => running === mine && getState().path === path;
      try {
        for await (const event of await begin(mine.signal)) {
          if (!isShown()) continue;
          if (isProgress(event)) setState({ progress: event });
          else await done(event);
        }
      } catch (error) {
        if (isShown() && !mine.signal.aborted) setState({ failure: problemText(problemOf(error)) });
      }
      if (isShown()) setState({ progress: null });
    },
  };
}

const isProgress = (event: { readonly kind: string }): event is MeasureProgress => event.kind === "progress";
