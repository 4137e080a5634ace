// Bytes for a component: loads them while it is mounted, goes on after a lost connection, grows with a running request.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { StreamName } from "../../../server/contract/trace.js";
import { bodyRange, useClient } from "../../rpc/store.js";
import { type LoaderState, type ReadRange, StreamLoader } from "./stream-loader.js";

interface Loaded {
  readonly loader: StreamLoader;
  readonly state: LoaderState;
}

/** `captured`: bytes that can be had now. `start`: where they begin, when only a stretch of the stream is meant. */
export const useStream = (traceId: string, stream: StreamName, captured: number, start = 0): Loaded =>
  useBytes(`${traceId} ${stream} ${start}`, captured, streamReader(traceId, stream, start));

export const streamReader =
  (traceId: string, stream: StreamName, start: number): ReadRange =>
  (from, length) =>
    bodyRange(traceId, stream, start + from, length);

/** `key`: of what `read` reads; with another one it is loaded again. */
export function useBytes(key: string, captured: number, read: ReadRange): Loaded {
  const client = useClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: growing is not another stream
  const loader = useMemo(() => new StreamLoader(captured, read), [key]);
  const state = useSyncExternalStore(loader.subscribe, loader.state);
  useEffect(() => {
    if (client === null) return;
    loader.open();
    return () => loader.close();
  }, [loader, client]);
  useEffect(() => loader.grow(captured), [loader, captured]);
  return { loader, state };
}
