// Why a browser would not show a recorded response, decided from its headers before it is shown: a frame of another origin cannot
// be asked afterwards, and stays blank.
import { framingForbiddenBy, framingPermitted } from "./framing-permission.js";
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
export type Framer = string | null;

export interface PreviewBlocker {
  /** What a browser does, a sentence. */
  readonly title: string;
  /** What makes it do so: a header as written, or a reason. */
  readonly because: string;
  /** What the button that shows it all the same says; null when it cannot be shown. */
  readonly relax: string | null;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The obstacle, or null. `isRelaxed`: the person wants to see it anyway. */
export function previewBlocker(answer: RecordedAnswer, framer: Framer, isRelaxed: boolean): PreviewBlocker | null {
  const { method, status, headers, bodyBytes, capturedBytes } = answer;
  const said = (name: string): string | null => headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null;
  const never = (title: string, because: string): PreviewBlocker => ({ title, because, relax: null });

  if (status < 200 || status > 599)
    return never("A browser cannot read this response.", "It does not begin with an HTTP status line.");
  if (method === "HEAD") return never("There is nothing to show.", "A HEAD request is answered without a body.");
  if (status === 204 || status === 205)
    return never("A browser stays on the page it was on.", `That is what ${status} means.`);
  if (status === 304)
    return never("A browser shows the copy it has.", "304 says that the copy is still right, and sends none.");
  const elsewhere = leavesFor(answer);
  if (elsewhere !== null)
    return never(
      "A browser would leave for another place. The preview stays with your scripts.",
      `Location: ${elsewhere}`,
    );
  if (redirectOf(answer) !== null) return null;

  const type = said("content-type");
  const showing = showingOf(type);
  if (showing === "needs-plugin")
    return never("The preview has no viewer for this kind of document.", `Content-Type: ${type}`);
  if (showing === "saved") return never("A browser would save this as a file.", `Content-Type: ${type}`);
  if (isRelaxed) return null;
  const disposition = said("content-disposition");
  if (disposition !== null && /^\s*attachment\b/i.test(disposition))
    return {
      title: "A browser would save this as a file.",
      because: `Content-Disposition: ${disposition}`,
      relax: "Show anyway, without that header",
    };
  const forbidden = framer === null ? null : framingForbiddenBy(headers, framer, new URL(answer.url).origin);
  if (forbidden !== null)
    return {
      title: "A browser refuses to show this inside another page.",
      because: forbidden,
      relax: "Show anyway, without that header",
    };
  if (capturedBytes < bodyBytes)
    return {
      title: "Only the beginning of this response was kept.",
      because: `${capturedBytes} of ${bodyBytes} bytes: limits.captureBytes in cgi-workbench.json.`,
      relax: "Show what was kept",
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
  const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  if (!redirects.has(status) || location === undefined || !URL.canParse(location, url)) return null;
  return new URL(location, url).href;
}

function leavesFor(answer: RecordedAnswer): string | null {
  const next = redirectOf(answer);
  return next === null || scriptPort(next) === scriptPort(answer.url) ? null : next;
}
