// The beginning of a stream as lines of bytes, for the comparison of two.
import { useEffect, useState } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { fromBytes } from "../../../server/protocol/byte-string.js";
import { readStream } from "../../model/traces/recorded.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

/** So much of each stream is compared, bytes. */
export const comparedBytes = 256 * 1024;

interface StreamText {
  /** One character a byte, without the line feeds; null while they are on their way. */
  readonly lines: readonly string[] | null;
  readonly error: string | null;
}

const nothing: StreamText = { lines: [], error: null };
const waiting: StreamText = { lines: null, error: null };

/** `info` null: there is no such stream. */
export function useText(id: string, stream: StreamName, info: StreamInfo | null): StreamText {
  const client = useClient();
  const length = Math.min(info?.captured ?? 0, comparedBytes);
  const isCut = isCutOff(info);
  const key = `${id} ${stream} ${length} ${isCut}`;
  const [known, setKnown] = useState<{ readonly key: string; readonly text: StreamText }>({ key: "", text: nothing });
  useEffect(() => {
    if (client === null || length === 0) return;
    let isGone = false;
    readStream(id, stream, length).then(
      (bytes) => isGone || setKnown({ key, text: { lines: linesOf(fromBytes(bytes), isCut), error: null } }),
      (error: unknown) => isGone || setKnown({ key, text: { lines: [], error: problemText(problemOf(error)) } }),
    );
    return () => {
      isGone = true;
    };
  }, [client, id, stream, length, isCut, key]);
  if (length === 0) return nothing;
  return known.key === key ? known.text : waiting;
}

/** There is more of it than is compared. */
export const isCutOff = (info: StreamInfo | null): boolean =>
  info !== null && info.bytes > Math.min(comparedBytes, info.captured);

/**
 * A line keeps its line feed, so that a missing last one is a difference. A cut one
 * would seem to be another: it is left out.
 */
function linesOf(text: string, isCut: boolean): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return isCut && lines.length > 1 && !text.endsWith("\n") ? lines.slice(0, -1) : lines;
}
