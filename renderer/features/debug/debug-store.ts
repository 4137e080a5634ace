// What this window debugs: one request at a time.
import { create } from "zustand";
import type {
  BreakpointPlace,
  DebugEvent,
  DebugFrame,
  DebugScope,
  DebugStop,
  DebugVariable,
  WantedByte,
} from "../../../server/contract/debug-contract.js";

export type DebugOutput = Extract<DebugEvent, { readonly kind: "output" }>;

/** A line of the console: what the script or the workbench says, or what was evaluated and its value. */
export type ConsoleLine = { readonly id: number } & (
  | { readonly kind: "output"; readonly output: DebugOutput }
  | { readonly kind: "answer"; readonly expression: string; readonly value: string; readonly isError: boolean }
);

/** A byte that a request has written: where it comes from is looked for with the same request. */
export interface RecordedByte extends WantedByte {
  readonly traceId: string;
  /** How the stream goes on there, in hex. */
  readonly expected: string;
}

interface DebugState {
  /** Null: nothing is debugged. `waiting`: for the next request of any client. */
  readonly phase: "waiting" | "running" | "stopped" | null;
  /** The id of the session; null until the server has given it. */
  readonly id: string | null;
  /** Stays when the request has ended: the list hears of that a moment later. */
  readonly traceId: string | null;
  /** The value of the cookie that the client is to send; null: it needs none. */
  readonly cookie: string | null;
  /** Where it has stopped last: it stays on the screen while the script runs on. */
  readonly stop: DebugStop | null;
  /** Where the chosen frame is in the stack. */
  readonly frame: number;
  /** What the chosen frame has. Until `knownAt` is this stop, these are the scopes of the stop before. */
  readonly scopes: readonly DebugScope[];
  /** The variables of the chosen frame's first scope. */
  readonly locals: readonly DebugVariable[];
  /** The stop that `scopes` and `locals` were read at. */
  readonly knownAt: DebugStop | null;
  /** When the script stopped last, Unix time in ms. */
  readonly since: number;
  /** The byte that this request is sent for; null: it is sent for itself. */
  readonly wanted: RecordedByte | null;
  /** The first byte before the wanted one that this request has written otherwise; null: none, as far as is known. */
  readonly differsAt: number | null;
  /** Where the debugger put the breakpoints of a file. */
  readonly placed: ReadonlyMap<string, readonly BreakpointPlace[]>;
  /** Breakpoints that the debugger has moved, by their ids; one may be moved before the answer that places it. */
  readonly moved: ReadonlyMap<number, BreakpointPlace>;
  readonly lines: readonly ConsoleLine[];
}

const nothing = {
  phase: null,
  id: null,
  cookie: null,
  stop: null,
  frame: 0,
  since: 0,
  scopes: [],
  locals: [],
  knownAt: null,
  placed: new Map(),
  moved: new Map(),
  wanted: null,
  differsAt: null,
} satisfies Partial<DebugState>;

export const useDebug = create<DebugState>()(() => ({ ...nothing, traceId: null, lines: [] }));

/** Whether the script of this trace is debugged: it waits at a line, or runs on to the next stop. */
export const useIsDebugged = (id: string): boolean => useDebug(({ traceId }) => traceId === id);

export const debugBegins = (phase: "waiting" | "running"): void =>
  useDebug.setState({ ...nothing, phase, traceId: null, lines: [] });
/** The console keeps what the script has printed. */
export const debugEnds = (): void => useDebug.setState(nothing);

export const shownFrame = ({ stop, frame }: Pick<DebugState, "stop" | "frame">): DebugFrame | null =>
  stop?.frames[frame] ?? null;

/** The console shows so many; the server keeps no more for a window that does not read. */
export const maxLines = 1000;
let lastId = 0;
type NewLine = ConsoleLine extends infer Line ? (Line extends ConsoleLine ? Omit<Line, "id"> : never) : never;

export function addLine(line: NewLine): void {
  lastId += 1;
  const id = lastId;
  useDebug.setState(({ lines }) => ({ lines: [...lines.slice(1 - maxLines), { ...line, id }] }));
}
