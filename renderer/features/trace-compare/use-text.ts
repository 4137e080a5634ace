// The beginning of a stream as lines of bytes, for the comparison of two.
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { fromBytes } from "../../../server/protocol/byte-string.js";
import { readStream } from "../../model/traces/recorded.js";
import { useLoaded } from "../../platform/use-loaded.js";

/** So much of each stream is compared, bytes. */
export const comparedBytes = 256 * 1024;

interface StreamText {
  /** One character a byte; null while they are on their way, or cannot be read. */
  readonly lines: readonly string[] | null;
  readonly error: string | null;
}

const nothing: readonly string[] = [];

/** `info` null: there is no such stream. */
export function useText(id: string, stream: StreamName, info: StreamInfo | null): StreamText {
  const length = Math.min(info?.captured ?? 0, comparedBytes);
  const isCut = isCutOff(info);
  const { value, error } = useLoaded(length === 0 ? null : `${id} ${stream} ${length} ${isCut}`, async () =>
    linesOf(fromBytes(await readStream(id, stream, length)), isCut),
  );
  return { lines: length === 0 ? nothing : value, error };
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
