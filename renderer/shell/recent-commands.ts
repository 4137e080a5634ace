// The commands that were chosen in the palette last: they stand first when it opens. Remembered.
import { create } from "zustand";
import { recall, remember } from "../platform/storage.js";

const key = "recent-commands";
const most = 5;

const accept = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === "string").slice(0, most) : null;

/** Ids, the latest first. */
export const useRecentCommands = create<{ readonly ids: readonly string[] }>()(() => ({
  ids: recall(key, accept) ?? [],
}));

export function noteCommand(id: string): void {
  useRecentCommands.setState(({ ids }) => ({ ids: [id, ...ids.filter((other) => other !== id)].slice(0, most) }));
  remember(key, useRecentCommands.getState().ids);
}
