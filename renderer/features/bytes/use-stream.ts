// A stream's bytes for a component: loads while it is mounted, goes on after a lost connection, grows with a running request.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { StreamName } from "../../../server/contract/trace.js";
import { bodyRange, useClient } from "../../rpc/store.js";
import { type LoaderState, StreamLoader } from "./stream-loader.js";

/** `captured`: bytes that can be had now. */
export function useStream(traceId: string, stream: StreamName, captured: number): { readonly loader: StreamLoader; readonly state: LoaderState } {
  const client = useClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: growing is not another stream
  const loader = useMemo(() => new StreamLoader(traceId, stream, captured, bodyRange), [traceId, stream]);
  const state = useSyncExternalStore(loader.subscribe, loader.state);
  useEffect(() => {
    if (client === null) return;
    loader.open();
    return () => loader.close();
  }, [loader, client]);
  useEffect(() => loader.grow(captured), [loader, captured]);
  return { loader, state };
}
