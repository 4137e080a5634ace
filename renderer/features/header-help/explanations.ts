// The table of what headers and statuses mean, fetched when the first one is
// asked for: the first screen comes without it.
import { useEffect, useState } from "react";

type Table = typeof import("../../../server/formats/glossary/explain-name.js");

let table: Table | null = null;
let coming: Promise<Table> | null = null;

function fetchTable(): Promise<Table> {
  coming ??= import("../../../server/formats/glossary/explain-name.js").then(
    (loaded) => {
      table = loaded;
      return loaded;
    },
    (error: unknown) => {
      coming = null; // asking again tries again
      throw error;
    },
  );
  return coming;
}

/** null until it is here; "failed" when it could not be fetched. Asks for it when `isWanted`. */
export function useExplanations(isWanted: boolean): Table | "failed" | null {
  const [state, setState] = useState<Table | "failed" | null>(table);
  useEffect(() => {
    if (!isWanted || state !== null) return;
    let isGone = false;
    fetchTable().then(
      (loaded) => !isGone && setState(loaded),
      () => !isGone && setState("failed"),
    );
    return () => {
      isGone = true;
    };
  }, [isWanted, state]);
  return state;
}
