// The editor split into two groups of tabs, side by side. The file that the active group shows is the window's open
// file; a file can have a tab in both. A group without tabs does not exist: its last tab ends the split.
import { create } from "zustand";
import { isRecord } from "../../platform/storage.js";

export type Side = "left" | "right";
export const sides: readonly Side[] = ["left", "right"];
export const otherSide = (side: Side): Side => (side === "left" ? "right" : "left");

export interface EditorGroup {
  /** Paths in the order of the tabs; at least one. */
  readonly tabs: readonly string[];
  readonly shown: string;
}
export interface Split extends Readonly<Record<Side, EditorGroup>> {
  readonly active: Side;
}

/** Null: one group, which has the tabs of all open files. */
export const useSplit = create<{ readonly split: Split | null }>()(() => ({ split: null }));

/** The active group shows a file, in a new tab if it has none. */
export function withShown(split: Split, path: string): Split {
  const { tabs, shown } = split[split.active];
  if (shown === path) return split;
  return { ...split, [split.active]: { tabs: tabs.includes(path) ? tabs : [...tabs, path], shown: path } };
}

/** Without the file's tabs on these sides; the neighbour on the right, else on the left, is shown next. */
export function withoutTab(
  split: Split,
  path: string,
  from: readonly Side[] = sides,
): { readonly split: Split | null; readonly shown: string | null } {
  const left = from.includes("left") ? groupWithout(split.left, path) : split.left;
  const right = from.includes("right") ? groupWithout(split.right, path) : split.right;
  if (!left || !right) return { split: null, shown: (left ?? right)?.shown ?? null };
  const next = { ...split, left, right };
  return { split: next, shown: next[next.active].shown };
}

function groupWithout({ tabs, shown }: EditorGroup, path: string): EditorGroup | null {
  const index = tabs.indexOf(path);
  if (index < 0) return { tabs, shown };
  const rest = tabs.filter((tab) => tab !== path);
  const next = shown === path ? (rest[index] ?? rest[index - 1]) : shown;
  return next === undefined ? null : { tabs: rest, shown: next };
}

/** With other paths for files that were moved. What was under such a path before has gone. */
export function withRenamed(split: Split, rename: (path: string) => string): Split {
  const group = ({ tabs, shown }: EditorGroup): EditorGroup => ({
    tabs: [...new Set(tabs.map(rename))],
    shown: rename(shown),
  });
  return { ...split, left: group(split.left), right: group(split.right) };
}

/** What was remembered of a folder's groups, as far as it fits its open files; null: one group. */
export function splitFrom(value: unknown, open: readonly string[]): Split | null {
  if (!isRecord(value)) return null;
  const left = groupFrom(value["left"], open);
  const right = groupFrom(value["right"], open);
  return left && right ? { left, right, active: value["active"] === "right" ? "right" : "left" } : null;
}

function groupFrom(value: unknown, open: readonly string[]): EditorGroup | null {
  if (!isRecord(value) || !Array.isArray(value["tabs"])) return null;
  const known: readonly unknown[] = value["tabs"];
  const tabs = open.filter((path) => known.includes(path));
  const shown = tabs.find((path) => path === value["shown"]) ?? tabs[0];
  return shown === undefined ? null : { tabs, shown };
}
