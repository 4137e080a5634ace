// A stream's bytes for a component: loads while it is mounted, goes on after a lost connection, grows with a running request.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { StreamName } from "../../../server/contract/trace.js";
import { bodyRange, useClient } from "../../rpc/store.js";
import { type LoaderState, StreamLoader } from "./stream-loader.js";

/** `captured`: bytes that can be had now. `start`: where they begin, when only a stretch of the stream is meant. */
export function useStream(
  traceId: string,
  stream: StreamName,
  captured: number,
  start = 0,
): { readonly loader: StreamLoader; readonly state: LoaderState } {
  const client = useClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: growing is not another stream
  const loader = useMemo(
    () =>
      new StreamLoader(traceId, stream, captured, (id, name, from, length) =>
        bodyRange(id, name, start + from, length),
      ),
    [traceId, stream, start],
  );
  const state = useSyncExternalStore(loader.subscribe, loader.state);
  useEffect(() => {
    if (client === null) return;
    loader.open();
    return () => loader.close();
  }, [loader, client]);
  useEffect(() => loader.grow(captured), [loader, captured]);
  return { loader, state };
}
