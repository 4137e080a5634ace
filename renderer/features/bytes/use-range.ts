// A few bytes from within a stream, such as its end; again when the range or the connection changes.
import { useEffect, useState } from "react";
import type { StreamName } from "../../../server/contract/trace.js";
import { bodyRange, useClient } from "../../rpc/store.js";

/** The bytes `[from, from + length)` as captured; null until they are here (or when they cannot be had any more). */
export function useRange(traceId: string, stream: StreamName, from: number, length: number): Uint8Array | null {
  const client = useClient();
  const key = `${traceId} ${stream} ${from} ${length}`;
  const [got, setGot] = useState<{ readonly key: string; readonly bytes: Uint8Array } | null>(null);
  useEffect(() => {
    if (client === null) return;
    let isCurrent = true;
    bodyRange(traceId, stream, from, length).then(
      (bytes) => isCurrent && setGot({ key, bytes }),
      // A trace that the server no longer holds: the place stays empty, and the stream's own tab shows the reason.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, key, traceId, stream, from, length]);
  return got?.key === key ? got.bytes : null;
}
