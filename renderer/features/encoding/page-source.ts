// Where the bytes of a trace's answer are: behind the script's header on stdout, else in the response's body.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { StreamInfo, StreamName, TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";

/** So much of it is followed. */
export const maxPageBytes = 64 << 10;

interface PageSource {
  readonly stream: StreamName;
  /** Offset of the page's first byte. */
  readonly from: number;
  readonly length: number;
  readonly isWhole: boolean;
  /** "" when none is declared. */
  readonly contentType: string;
  /** How the page is compressed; "" when it is not. */
  readonly contentEncoding: string;
}

/** null when there is no answer, or none that could be read. */
export function pageSource({ script, stdout, response }: TraceView): PageSource | null {
  if (script !== null && stdout !== null && script.kind !== "invalid" && script.kind !== "nph") {
    const end = script.spans.findLast(({ is }) => is === "empty-line");
    return end ? source("stdout", end.to, stdout, script.headers) : null;
  }
  return response ? source("response-body", 0, response.body, response.headers) : null;
}

type Headers = readonly (readonly [BytesText, BytesText])[];

function source(stream: StreamName, from: number, { captured, bytes }: StreamInfo, headers: Headers): PageSource {
  const length = Math.max(0, Math.min(captured - from, maxPageBytes));
  const contentEncoding = lastOf(headers, "content-encoding");
  return {
    stream,
    from,
    length,
    isWhole: from + length === bytes,
    contentType: contentTypeOf(headers),
    contentEncoding: contentEncoding.toLowerCase() === "identity" ? "" : contentEncoding,
  };
}

export const contentTypeOf = (headers: Headers): string => lastOf(headers, "content-type");

/** The last one counts, as for the gateway. `wanted` in lower case. */
function lastOf(headers: Headers, wanted: string): string {
  const found = headers.findLast(([name]) => readable(name).toLowerCase() === wanted);
  return found ? readable(found[1]) : "";
}
