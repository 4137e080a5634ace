// Which recorded page a form was sent from: the newest one before it at the address that the browser named in Referer, or, without
// that (the composer sends none), the newest page of the same script, that has the form's fields.
import type { ByteString } from "../../contract/bytes-text.js";
import { charsetOf } from "../../protocol/charset.js";
import type { HeaderPair } from "../../protocol/request.js";
import { addressOf } from "../../protocol/script-address.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type FilledPage, filledPage, type SentForm } from "./filled-page.js";
import { pathOf } from "./redirect-steps.js";

/** Traces that are searched, and bytes of a page that are read. */
const maxBefore = 200;
const maxPageBytes = 1024 * 1024;

export interface SentFrom {
  readonly page: TraceRecord;
  readonly filled: FilledPage;
}

/** Null: no such page was recorded, or the request holds no form. */
export function sentFrom(traces: Pick<TraceLog, "before">, trace: TraceRecord, origin: string): SentFrom | null {
  const form = formOf(trace);
  if (!form) return null;
  const referer = headerOf(trace.request.headers, "referer");
  const from = referer === null ? null : addressOf(referer, origin);
  for (const page of traces.before(trace.id, maxBefore)) {
    const address = addressOf(page.request.target, origin);
    const isThere =
      from === null
        ? page.route.scriptName !== "" && page.route.scriptName === trace.route.scriptName
        : address !== null && pathOf(address) === pathOf(from);
    const filled = isThere && address !== null ? filledFrom(page, form) : null;
    if (filled) return { page, filled };
  }
  return null;
}

/** The page of one trace with the fields of another one's body; null when it has none of them. */
export function filledWith(page: TraceRecord, sender: TraceRecord): FilledPage | null {
  const form = formOf(sender);
  return form && filledFrom(page, form);
}

function formOf({ request }: TraceRecord): SentForm | null {
  const { captured, bytes } = request.body.info();
  if (captured === 0 || captured < bytes) return null;
  return { contentType: headerOf(request.headers, "content-type") ?? "", body: request.body.read(0, captured) };
}

function filledFrom({ response, outcome }: TraceRecord, form: SentForm): FilledPage | null {
  if (!response || outcome !== "ok") return null;
  const type = headerOf(response.headers, "content-type") ?? "";
  const isPage = /^text\/html\b/i.test(type) && !/^utf-?(?:16|32)/i.test(charsetOf(type) ?? "");
  const isPlain = headerOf(response.headers, "content-encoding") === null;
  const { captured, bytes } = response.body.info();
  if (!isPage || !isPlain || captured < bytes || bytes > maxPageBytes) return null;
  return filledPage(response.body.read(0, captured), form);
}

const headerOf = (headers: readonly HeaderPair[], wanted: string): ByteString | null =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
