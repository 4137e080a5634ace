// The commands that were chosen in the palette last: they stand first when it opens. Remembered.
import { create } from "zustand";
import { type CommandId, isCommandId } from "../../server/contract/commands.js";
import { recall, remember } from "../platform/storage.js";

const key = "recent-commands";
const most = 5;

const accept = (value: unknown): readonly CommandId[] | null =>
  Array.isArray(value)
    ? value.filter((id): id is CommandId => typeof id === "string" && isCommandId(id)).slice(0, most)
    : null;

/** Ids, the latest first. */
export const useRecentCommands = create<{ readonly ids: readonly CommandId[] }>()(() => ({
  ids: recall(key, accept) ?? [],
}));

export function noteCommand(id: CommandId): void {
  useRecentCommands.setState(({ ids }) => ({ ids: [id, ...ids.filter((other) => other !== id)].slice(0, most) }));
  remember(key, useRecentCommands.getState().ids);
}
