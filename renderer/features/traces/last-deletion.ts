// Which deletion of traces can be undone. Apart from the actions, which are loaded later: the command asks at once.
import { create } from "zustand";

/** `undo` names it for the server; null: there is none. */
export const useLastDeletion = create<{ readonly undo: number | null }>()(() => ({ undo: null }));
