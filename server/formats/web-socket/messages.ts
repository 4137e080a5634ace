// The messages of a WebSocket, from the streams of its trace: a write of stdin is a message of the client, a line of
// stdout (or, in binary, a read of it) one of the script.
import { maxChunks } from "../../contract/limits.js";
import type { Chunk, StreamInfo } from "../../contract/trace.js";

export interface SocketMessage {
  /** Ms since the request's first byte. */
  readonly at: number;
  readonly from: "client" | "script";
  /** The trace keeps so many of them; `length` counts all. */
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** A stream, and its bytes that were kept. */
interface Kept {
  readonly info: Pick<StreamInfo, "chunks"> | null;
  readonly bytes: Uint8Array;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** In the order of their times. */
export function messagesOf(stdin: Kept, stdout: Kept, unit: "line" | "read"): SocketMessage[] {
  const said = unit === "line" ? linesOf(stdout, true) : writesOf(stdout, "script");
  const chunks = stdin.info?.chunks ?? [];
  // What came after the last write that is listed is one write: its lines are what is known of the messages.
  const isMerged = unit === "line" && chunks.length >= maxChunks;
  const listed = { info: { chunks: isMerged ? chunks.slice(0, -1) : chunks }, bytes: stdin.bytes };
  const heard = writesOf(listed, "client").map((message) => (unit === "line" ? withoutLineEnd(message) : message));
  const last = isMerged ? linesOf({ info: { chunks: chunks.slice(-1) }, bytes: stdin.bytes }, false) : [];
  return [...heard, ...last, ...said].sort((a, b) => a.at - b.at);
}

const writesOf = ({ info, bytes }: Kept, from: SocketMessage["from"]): SocketMessage[] =>
  (info?.chunks ?? []).map(({ at, offset, length }) => ({
    at,
    from,
    length,
    bytes: bytes.subarray(offset, offset + length),
  }));

/** A text message has a line end behind it, of which the bytes may not have been kept. */
function withoutLineEnd(message: SocketMessage): SocketMessage {
  const { bytes, length } = message;
  if (bytes.length < length) return { ...message, length: length - 1 };
  return bytes.at(-1) === lineFeed ? { ...message, bytes: bytes.subarray(0, -1), length: length - 1 } : message;
}

/** The lines within the writes; the time of each is that of the write with its end. */
function linesOf({ info, bytes }: Kept, isScript: boolean): SocketMessage[] {
  const chunks = info?.chunks ?? [];
  const lines: SocketMessage[] = [];
  let begin = chunks[0]?.offset ?? 0;
  let index = 0;
  for (let end = bytes.indexOf(lineFeed, begin); end >= 0; end = bytes.indexOf(lineFeed, begin)) {
    while (isBefore(chunks[index + 1], end)) index++;
    const to = isScript && end > begin && bytes[end - 1] === carriageReturn ? end - 1 : end;
    const line = bytes.subarray(begin, to);
    lines.push({ at: chunks[index]?.at ?? 0, from: isScript ? "script" : "client", bytes: line, length: line.length });
    begin = end + 1;
  }
  return lines;
}

const isBefore = (chunk: Chunk | undefined, offset: number): boolean => chunk !== undefined && chunk.offset <= offset;
