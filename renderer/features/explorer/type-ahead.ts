// Letters typed in quick succession find the next row whose name begins with them.
import { useRef } from "react";
import { comparable } from "../../format/file-path.js";
import type { TreeRow } from "./tree-rows.js";

const pauseMs = 700;

/** Takes a typed character. Returns the index of the matching row, or null. */
export function useTypeAhead(): (character: string, rows: readonly TreeRow[], from: number) => number | null {
  const typed = useRef({ text: "", at: 0 });
  return (character, rows, from) => {
    const now = performance.now();
    const isFresh = now - typed.current.at > pauseMs;
    const text = comparable((isFresh ? "" : typed.current.text) + character);
    typed.current = { text, at: now };
    // A fresh letter goes on to the next match; more letters narrow the present one.
    const first = isFresh ? from + 1 : from;
    for (let step = 0; step < rows.length; step++) {
      const index = (first + step) % rows.length;
      if (comparable(rows[index]?.name ?? "").startsWith(text)) return index;
    }
    return null;
  };
}
