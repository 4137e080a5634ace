// What is known of each open file without running it, for places that show no editor: how many errors are marked in it,
// and what could not be checked.
import { create } from "zustand";
import type { Sentence } from "../../../server/contract/message.js";

export interface Checked {
  /** Markers that are errors. */
  readonly errors: number;
  /** Why a part could not be checked, a sentence; null when all was. */
  readonly unchecked: Sentence | null;
}

export const useChecked = create<{ readonly byPath: ReadonlyMap<string, Checked> }>()(() => ({ byPath: new Map() }));

/** `checked`: null when the file is not open any more. */
export function noteChecked(path: string, checked: Checked | null): void {
  const { byPath } = useChecked.getState();
  const before = byPath.get(path) ?? null;
  if (before?.errors === checked?.errors && before?.unchecked === checked?.unchecked) return;
  const next = new Map(byPath);
  if (checked === null) next.delete(path);
  else next.set(path, checked);
  useChecked.setState({ byPath: next });
}
