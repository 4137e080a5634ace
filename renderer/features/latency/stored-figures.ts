// The figures of the stored traces of one script, or of all, kept up to date while they are shown.
import { useEffect, useRef, useState } from "react";
import type { StoredFigures } from "../../../server/contract/figures-contract.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useTraceRows } from "../../model/traces/trace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

export interface KnownFigures {
  /** Null: not read yet. */
  readonly figures: StoredFigures | null;
  /** Why they could not be read, a sentence. */
  readonly error: string | null;
}

/** New requests are in the file a little later; they are counted together, ms. */
const settleMs = 1000;

/** `file`: a workspace path; null: all requests. */
export function useStoredFigures(file: string | null): KnownFigures {
  const client = useClient();
  const rows = useTraceRows();
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const of = `${root} ${file}`; // in another folder the same path is another script
  const [known, setKnown] = useState<KnownFigures & { readonly of: string }>({ figures: null, error: null, of });
  const beat = rows[rows.length - 1]?.rev ?? 0;
  const shown = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new requests are the beat
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    const read = (): void => {
      client.traces.figures({ file, from: null }, { signal: stop.signal }).then(
        (figures) => stop.signal.aborted || setKnown({ figures, error: null, of }),
        (error: unknown) =>
          stop.signal.aborted || setKnown({ figures: null, error: problemText(problemOf(error)), of }),
      );
    };
    const timer = window.setTimeout(read, shown.current === of ? settleMs : 0);
    shown.current = of;
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [client, of, beat]);
  return known.of === of ? known : { figures: null, error: null };
}
