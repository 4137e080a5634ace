// Why a browser would not show a recorded response, decided from its headers before it is shown: a frame of another
// origin cannot be asked afterwards, and stays blank.
import type { Message } from "../contract/message.js";
import { framingForbiddenBy, framingPermitted } from "./framing-permission.js";
import { firstValue } from "./header-values.js";
import { previewMessage, previewReason } from "./preview-messages.js";
import { showingOf } from "./renderable-type.js";
import { scriptPort } from "./script-address.js";

export interface RecordedAnswer {
  readonly method: string;
  /** Where it came from, resolved: the address that a browser would show. */
  readonly url: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly bodyBytes: number;
  /** How many of them were kept. */
  readonly capturedBytes: number;
}
/** Where it would be shown: in a frame of the window's origin, or on its own in a view (null). */
type Framer = string | null;

export interface PreviewBlocker {
  /** What a browser does. */
  readonly title: Message;
  /** What makes it do so. */
  readonly because: Message;
  /**
   * How it can be shown all the same: without the header that forbids it, or as
   * far as it was kept; null when it cannot.
   */
  readonly relax: "without-header" | "kept-part" | null;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The obstacle, or null. */
export function previewBlocker(answer: RecordedAnswer, framer: Framer): PreviewBlocker | null {
  const { method, status, headers, bodyBytes, capturedBytes } = answer;
  const byHeader = (name: string, value: string | null): Message =>
    previewReason("header-forbids", { header: `${name}: ${value}` });
  const never = (title: Message, because: Message): PreviewBlocker => ({ title, because, relax: null });

  if (status < 200 || status > 599) return never(previewMessage("unreadable"), previewReason("without-status-line"));
  if (method === "HEAD") return never(previewMessage("nothing-to-show"), previewReason("head-without-body"));
  if (status === 204 || status === 205)
    return never(previewMessage("stays-on-page"), previewReason("status-without-body", { status }));
  if (status === 304) return never(previewMessage("uses-own-copy"), previewReason("not-modified"));
  const elsewhere = leavesFor(answer);
  if (elsewhere !== null) return never(previewMessage("leaves-the-scripts"), byHeader("Location", elsewhere));
  if (redirectOf(answer) !== null) return null;

  const type = firstValue(headers, "content-type");
  const showing = showingOf(type);
  if (showing === "needs-plugin") return never(previewMessage("no-viewer"), byHeader("Content-Type", type));
  if (showing === "saved") return never(previewMessage("saved-as-file"), byHeader("Content-Type", type));
  const disposition = firstValue(headers, "content-disposition");
  if (disposition !== null && /^\s*attachment\b/i.test(disposition))
    return {
      title: previewMessage("saved-as-file"),
      because: byHeader("Content-Disposition", disposition),
      relax: "without-header",
    };
  const forbidden = framer === null ? null : framingForbiddenBy(headers, framer, new URL(answer.url).origin);
  if (forbidden !== null)
    return {
      title: previewMessage("not-in-a-frame"),
      because: previewReason("header-forbids", { header: forbidden }),
      relax: "without-header",
    };
  if (capturedBytes < bodyBytes)
    return {
      title: previewMessage("kept-in-part"),
      because: previewReason("capture-limit", { keptBytes: capturedBytes, bytes: bodyBytes }),
      relax: "kept-part",
    };
  return null;
}

/** The headers with what the person wished away taken out. */
export function relaxedHeaders(headers: RecordedAnswer["headers"]): RecordedAnswer["headers"] {
  return framingPermitted(headers).filter(([name]) => name.toLowerCase() !== "content-disposition");
}

/** Where a browser goes on to at once, resolved; null when it does not, or the place is no address. */
export function redirectOf({
  status,
  headers,
  url,
}: Pick<RecordedAnswer, "status" | "headers" | "url">): string | null {
  const location = firstValue(headers, "location");
  if (!redirects.has(status) || location === null || !URL.canParse(location, url)) return null;
  return new URL(location, url).href;
}

function leavesFor(answer: RecordedAnswer): string | null {
  const next = redirectOf(answer);
  return next === null || scriptPort(next) === scriptPort(answer.url) ? null : next;
}
