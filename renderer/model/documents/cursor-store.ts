// Where the cursor is, for the status bar.
import { create } from "zustand";

interface Cursor {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export const useCursor = create<{ readonly cursor: Cursor | null }>()(() => ({ cursor: null }));

export const noteCursor = (cursor: Cursor | null): void => useCursor.setState({ cursor });
