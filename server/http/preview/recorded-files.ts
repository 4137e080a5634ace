// The files of a shown page (pictures, styles, scripts of the page) from their own recordings, so that looking at a
// page again sends nothing. For the page's first seconds, and only until its browser goes on to another page.
import { firstValue } from "../../protocol/header-values.js";
import type { RequestHead } from "../../protocol/request.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { RecordedResponse } from "../../trace/trace-record.js";
import type { PreviewHop } from "./redirect-steps.js";
import { isSame, navigatorOf, type Visitor } from "./visitor.js";

const lifeMs = 10_000;
/** Traces behind the page that are searched. */
const maxBehind = 500;

export class RecordedFiles {
  readonly #traces: Pick<TraceLog, "after">;
  #shown: { readonly step: PreviewHop; readonly visitor: Visitor; readonly until: number } | null = null;

  constructor(traces: Pick<TraceLog, "after">) {
    this.#traces = traces;
  }

  /** The page was sent to this browser as recorded. */
  begin(step: PreviewHop, visitor: Visitor): void {
    this.#shown = { step, visitor, until: performance.now() + lifeMs };
  }

  end(): void {
    this.#shown = null;
  }

  /** What was recorded for a request of the shown page; null for any other request, and where nothing was recorded. */
  responseTo(request: RequestHead): RecordedResponse | null {
    const shown = this.#shown;
    if (!shown) return null;
    const navigator = navigatorOf(request);
    if (shown.until < performance.now() || (navigator && isSame(navigator, shown.visitor))) this.end();
    if (this.#shown === null || navigator || request.method !== "GET") return null;
    const { step, visitor } = shown;
    const isOfPage =
      firstValue(request.headers, "sec-fetch-site") === "same-origin" &&
      (firstValue(request.headers, "host") ?? "") === visitor.host &&
      (firstValue(request.headers, "user-agent") ?? "") === visitor.agent &&
      firstValue(request.headers, "referer")?.endsWith(`//${visitor.host}${step.path}`);
    if (!isOfPage) return null;
    for (const { request: asked, response, outcome } of this.#traces.after(step.trace.id, maxBehind))
      if (
        asked.method === "GET" &&
        asked.target === request.target &&
        outcome === "ok" &&
        response &&
        isWhole(response)
      )
        return response;
    return null;
  }
}

/** It fits a browser that has no copy and asks for no part. */
const isWhole = ({ status, body }: RecordedResponse): boolean =>
  status !== 304 && status !== 206 && body.captured === body.bytes;
