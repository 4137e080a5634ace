// What the window looks at: one trace and one file. Selection is by id, so new rows, sorting and a
// restarted server never move it. Lives apart from the views, because the trace list, the inspector, the
// graph, the composer and the editor all change it.
import { create } from "zustand";

/** A place in a file to show, `line` counted from 1. A new object each time, so that asking twice shows it twice. */
export interface Reveal {
  readonly path: string;
  readonly line: number;
  /** What is selected there; else the cursor goes to the line's beginning. */
  readonly match?: PlaceInLine | undefined;
}
interface RevealBytes {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}
/** `column` from 1, both in UTF-16 units. */
interface PlaceInLine {
  readonly column: number;
  readonly length: number;
}

interface WindowSelection {
  /** The trace in the inspector. */
  readonly traceId: string | null;
  /** The last request that was sent from here, or brought up: lists bring it into view. */
  readonly sentId: string | null;
  /** True while the inspector moves to each new trace; choosing one by hand ends it. */
  readonly followLatest: boolean;
  /** The file in the editor, a workspace path. */
  readonly openFile: string | null;
  readonly reveal: Reveal | null;
  /** Bytes to show in a file that is not text. */
  readonly revealBytes: RevealBytes | null;
  /** A trace chosen by hand: shows it and stops following. */
  select(id: string | null): void;
  /** The same for one that was chosen elsewhere: the list brings it into view. */
  bringUp(id: string): void;
  /** The trace of a request that was just sent from here: shows it and follows on. */
  showSent(id: string): void;
  /** The newest trace of the list: shown only while following, and not while held. */
  showLatest(id: string): void;
  /**
   * New traces do not move the inspector until the returned function is called; a selection or a request of the user
   * does.
   */
  hold(): () => void;
  setFollowLatest(followLatest: boolean): void;
  /** Shows a file in the editor, at a line when one is given, and selects a match in it. */
  open(path: string | null, line?: number, match?: PlaceInLine): void;
  revealed(): void;
  showBytes(bytes: RevealBytes): void;
  /** Another workspace: nothing of the old one stays selected. */
  reset(): void;
}

const holds = new Set<symbol>();

export const useSelection = create<WindowSelection>()((set, get) => ({
  traceId: null,
  sentId: null,
  followLatest: true,
  openFile: null,
  reveal: null,
  revealBytes: null,
  select: (id) => set({ traceId: id, followLatest: id === null }),
  bringUp: (id) => set({ traceId: id, sentId: id, followLatest: false }),
  showSent: (id) => set({ traceId: id, sentId: id, followLatest: true }),
  showLatest: (id) => {
    if (holds.size === 0 && get().followLatest && get().traceId !== id) set({ traceId: id });
  },
  hold: () => {
    const mine = Symbol();
    holds.add(mine);
    return () => {
      holds.delete(mine);
    };
  },
  setFollowLatest: (followLatest) => set({ followLatest }),
  open: (path, line, match) =>
    set({ openFile: path, reveal: path !== null && line !== undefined ? { path, line, match } : null }),
  revealed: () => set({ reveal: null }),
  showBytes: (revealBytes) => set({ openFile: revealBytes.path, revealBytes }),
  reset: () =>
    set({ traceId: null, sentId: null, followLatest: true, openFile: null, reveal: null, revealBytes: null }),
}));
