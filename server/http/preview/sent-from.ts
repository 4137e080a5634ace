// Which recorded page a form was sent from: the newest one before it at the address that the browser named in Referer,
// or, without that (the composer sends none), the newest page of the same script, that has the form's fields.
import { charsetOf } from "../../protocol/charset.js";
import { firstValue } from "../../protocol/header-values.js";
import { addressOf } from "../../protocol/script-address.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { FilledPage, SentForm } from "./filled-page.js";
import { pathOf } from "./redirect-steps.js";

/** Traces that are searched, and bytes of a page that are read. */
const maxBefore = 200;
const maxPageBytes = 1024 * 1024;

interface SentFrom {
  readonly page: TraceRecord;
  readonly filled: FilledPage;
}

/** Null: no such page was recorded, or the request holds no form. */
export async function sentFrom(
  traces: Pick<TraceLog, "before">,
  trace: TraceRecord,
  origin: string,
): Promise<SentFrom | null> {
  const form = formOf(trace);
  if (!form) return null;
  const { filledPage } = await loadFilledPage();
  const referer = firstValue(trace.request.headers, "referer");
  const from = referer === null ? null : addressOf(referer, origin);
  for (const page of traces.before(trace.id, maxBefore)) {
    const address = addressOf(page.request.target, origin);
    const isThere =
      from === null
        ? page.route.scriptName !== "" && page.route.scriptName === trace.route.scriptName
        : address !== null && pathOf(address) === pathOf(from);
    const bytes = isThere && address !== null ? pageOf(page) : null;
    const filled = bytes && filledPage(bytes, form);
    if (filled) return { page, filled };
  }
  return null;
}

/** The page of one trace with the fields of another one's body; null when it has none of them. */
export async function filledWith(page: TraceRecord, sender: TraceRecord): Promise<FilledPage | null> {
  const form = formOf(sender);
  const bytes = form && pageOf(page);
  return bytes && (await loadFilledPage()).filledPage(bytes, form);
}

/** Its parser of HTML takes time to load. */
const loadFilledPage = () => import("./filled-page.js");

function formOf({ request }: TraceRecord): SentForm | null {
  const { captured, bytes } = request.body.info();
  if (captured === 0 || captured < bytes) return null;
  return { contentType: firstValue(request.headers, "content-type") ?? "", body: request.body.read(0, captured) };
}

/** The bytes of a whole page of HTML; null: the response is none, or was not recorded as a whole. */
function pageOf({ response, outcome }: TraceRecord): Uint8Array | null {
  if (!response || outcome !== "ok") return null;
  const type = firstValue(response.headers, "content-type") ?? "";
  const isPage = /^text\/html\b/i.test(type) && !/^utf-?(?:16|32)/i.test(charsetOf(type) ?? "");
  const isPlain = firstValue(response.headers, "content-encoding") === null;
  const { captured, bytes } = response.body.info();
  if (!isPage || !isPlain || captured < bytes || bytes > maxPageBytes) return null;
  return response.body.read(0, captured);
}
