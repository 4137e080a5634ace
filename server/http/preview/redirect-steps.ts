// Where a recorded response leads a browser, and who asked.
import { toDisplayText } from "../../base/decode-text.js";
import { firstValue } from "../../protocol/header-values.js";
import { redirectOf } from "../../protocol/preview-eligibility.js";
import type { TraceRecord } from "../../trace/trace-record.js";

/** One recorded response and the address it belongs to. */
export interface PreviewHop {
  readonly trace: TraceRecord;
  readonly path: string;
}

/** As a browser asks for it: without a fragment. */
export const pathOf = ({ pathname, search }: URL): string => pathname + search;

/** Where a browser goes on to at once; null when it stays. */
export function goesOnTo({ trace, path }: PreviewHop, origin: string): URL | null {
  if (!trace.response) return null;
  // browsers read a Location as UTF-8
  const headers = trace.response.headers.map(([name, value]) => [name, toDisplayText(value)] as const);
  const next = redirectOf({ status: trace.response.status, headers, url: `${origin}${path}` });
  return next === null ? null : new URL(next);
}

/** Whether two requests came from the same program on the same host, as far as they show it. */
export function isSameClient(a: TraceRecord, b: TraceRecord): boolean {
  return a.client.from === b.client.from && a.client.address === b.client.address && agentOf(a) === agentOf(b);
}

const agentOf = ({ request }: TraceRecord): string | null => firstValue(request.headers, "user-agent");
