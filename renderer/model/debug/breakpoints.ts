// The breakpoints of the open folder, remembered with it. They stay where they were set when the text above them
// changes: the editor that shows a file tells where they are now.
import { create } from "zustand";
import type { Breakpoint } from "../../../server/contract/debug-contract.js";
import { maxBreakpoints } from "../../../server/contract/limits.js";
import { movedPath } from "../../format/file-path.js";
import { isRecord, recall, remember } from "../../platform/storage.js";
import { fileMoves } from "../folder/file-store.js";
import { useWorkspace } from "../folder/workspace-store.js";

type ByPath = ReadonlyMap<string, readonly Breakpoint[]>;

interface Breakpoints {
  readonly root: string | null;
  /** The breakpoints of each file, in the order of their lines. */
  readonly byPath: ByPath;
  readonly stopsUncaught: boolean;
}

export const useBreakpoints = create<Breakpoints>()(() => ({ root: null, byPath: new Map(), stopsUncaught: true }));

const none: readonly Breakpoint[] = [];
export const breakpointsIn = (path: string): readonly Breakpoint[] =>
  useBreakpoints.getState().byPath.get(path) ?? none;
export const breakpointAt = (path: string, line: number): Breakpoint | null =>
  breakpointsIn(path).find((one) => one.line === line) ?? null;

/** Sets those of a file; two on one line become one. */
export function setBreakpoints(path: string, breakpoints: readonly Breakpoint[]): void {
  const byLine = new Map(breakpoints.map((one) => [one.line, one]));
  const sorted = [...byLine.values()].toSorted((a, b) => a.line - b.line).slice(0, maxBreakpoints);
  const byPath = new Map(useBreakpoints.getState().byPath);
  if (sorted.length > 0) byPath.set(path, sorted);
  else byPath.delete(path);
  keep({ byPath });
}

/** Puts it in the place of the one on its line. */
export const putBreakpoint = (path: string, breakpoint: Breakpoint): void =>
  setBreakpoints(path, [...breakpointsIn(path), breakpoint]);

export const removeBreakpoint = (path: string, line: number): void =>
  setBreakpoints(
    path,
    breakpointsIn(path).filter((one) => one.line !== line),
  );

export function toggleBreakpoint(path: string, line: number): void {
  if (breakpointAt(path, line)) removeBreakpoint(path, line);
  else putBreakpoint(path, { line, condition: "", logMessage: "" });
}

export const removeAllBreakpoints = (): void => keep({ byPath: new Map() });
export const setStopsUncaught = (stopsUncaught: boolean): void => keep({ stopsUncaught });

function keep(change: Partial<Breakpoints>): void {
  useBreakpoints.setState(change);
  const { root, byPath, stopsUncaught } = useBreakpoints.getState();
  if (root !== null) remember(keyOf(root), { breakpoints: [...byPath], stopsUncaught });
}

/** Follows the folder and its files' names. Once, at the start of the page. */
export function followBreakpoints(): void {
  useWorkspace.subscribe(({ workspace }) => {
    const root = workspace?.root ?? null;
    if (root === useBreakpoints.getState().root) return;
    const kept = root === null ? null : recall(keyOf(root), accept);
    useBreakpoints.setState({ root, ...(kept ?? { byPath: new Map(), stopsUncaught: true }) });
  });
  fileMoves.on(({ from, to }) => {
    const { byPath } = useBreakpoints.getState();
    const moved = [...byPath].map(([path, list]) => [movedPath(path, from, to) ?? path, list] as const);
    if (moved.some(([path]) => !byPath.has(path))) keep({ byPath: new Map(moved) });
  });
}

const keyOf = (root: string): string => `breakpoints:${root}`;

function accept(value: unknown): Pick<Breakpoints, "byPath" | "stopsUncaught"> | null {
  if (!isRecord(value) || !Array.isArray(value["breakpoints"])) return null;
  const entries: readonly unknown[] = value["breakpoints"];
  const byPath = entries.flatMap((entry) => {
    if (!Array.isArray(entry)) return [];
    const [path, list]: readonly unknown[] = entry;
    if (typeof path !== "string" || !Array.isArray(list)) return [];
    const all: readonly unknown[] = list;
    return [[path, all.flatMap((one) => acceptOne(one) ?? [])] as const];
  });
  return { byPath: new Map(byPath), stopsUncaught: value["stopsUncaught"] !== false };
}

function acceptOne(value: unknown): Breakpoint | null {
  if (!isRecord(value)) return null;
  const { line, condition, logMessage } = value;
  if (typeof line !== "number" || !Number.isInteger(line) || line < 1) return null;
  const text = (one: unknown): string => (typeof one === "string" ? one : "");
  return { line, condition: text(condition), logMessage: text(logMessage) };
}
