// What is read from the server for a view: read when the view is shown, over each new connection, and when it changes.
import { type DependencyList, useEffect, useState } from "react";
import { isConnectionLost, problemOf, problemText } from "../rpc/problem.js";
import { useClient, type useServer } from "../rpc/store.js";

type Client = NonNullable<ReturnType<typeof useServer.getState>["client"]>;

interface Loaded<T> {
  /** Null: not read yet. */
  readonly value: T | null;
  /** Why the last reading failed, a sentence; what was read before stays. */
  readonly error: string | null;
}

const nothing = { value: null, error: null };

/**
 * `of` names what is read: a value that was read for another name is not returned; null reads nothing. A change of
 * `causes` reads again, and the value before stays until then.
 */
export function useLoaded<T>(
  of: string | null,
  read: (client: Client, signal: AbortSignal) => Promise<T>,
  causes: DependencyList = [],
): Loaded<T> {
  const client = useClient();
  const [known, setKnown] = useState<(Loaded<T> & { readonly of: string }) | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when to read again
  useEffect(() => {
    if (client === null || of === null) return;
    const stop = new AbortController();
    read(client, stop.signal).then(
      (value) => stop.signal.aborted || setKnown({ of, value, error: null }),
      (error: unknown) =>
        stop.signal.aborted ||
        isConnectionLost(error) || // read again over the next connection
        setKnown((before) => ({
          of,
          value: before?.of === of ? before.value : null,
          error: problemText(problemOf(error)),
        })),
    );
    return () => stop.abort();
  }, [client, of, ...causes]);
  return known !== null && known.of === of ? known : nothing;
}
