// The beginning of a stream as lines of bytes, for the comparison of two.
import { useEffect, useState } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { fromBytes } from "../../../server/protocol/byte-string.js";
import { readStream } from "../../model/traces/recorded.js";
import { problemOf, problemText } from "../../rpc/problem.js";

/** So much of each stream is compared, bytes. */
export const comparedBytes = 256 * 1024;

export interface StreamText {
  /** One character a byte, without the line feeds; null while they are on their way. */
  readonly lines: readonly string[] | null;
  readonly error: string | null;
}

const nothing: StreamText = { lines: [], error: null };
const waiting: StreamText = { lines: null, error: null };

/** `info` null: there is no such stream. */
export function useText(id: string, stream: StreamName, info: StreamInfo | null): StreamText {
  const length = Math.min(info?.captured ?? 0, comparedBytes);
  const key = `${id} ${stream} ${length}`;
  const [known, setKnown] = useState<{ readonly key: string; readonly text: StreamText }>({ key: "", text: nothing });
  useEffect(() => {
    if (length === 0) return;
    let isGone = false;
    readStream(id, stream, length).then(
      (bytes) => isGone || setKnown({ key, text: { lines: linesOf(fromBytes(bytes)), error: null } }),
      (error: unknown) => isGone || setKnown({ key, text: { lines: [], error: problemText(problemOf(error)) } }),
    );
    return () => {
      isGone = true;
    };
  }, [id, stream, length, key]);
  if (length === 0) return nothing;
  return known.key === key ? known.text : waiting;
}

/** A line keeps its line feed, so that a missing last one is a difference. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
