// Where a shown page went: the navigations of the browser that shows it. The window cannot look into the page, which is
// of another origin, and its own frame only reports that something was loaded.
import type { PreviewStep } from "../../contract/preview-contract.js";
import { firstValue } from "../../protocol/header-values.js";
import { addressOf } from "../../protocol/script-address.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { goesOnTo, pathOf } from "./redirect-steps.js";
import { isSame, navigatorOf, type Visitor } from "./visitor.js";

/** Navigations remembered; the oldest go first. */
const maxMoves = 1000;

export interface PreviewWhereabouts {
  readonly steps: PreviewStep[];
  readonly seen: number;
}

export class PreviewMoves {
  readonly #traces: Pick<TraceLog, "get">;
  #visitor: Visitor | null = null;
  #origin = "";
  #moves: { readonly id: string; readonly seq: number }[] = [];

  constructor(traces: Pick<TraceLog, "get">) {
    this.#traces = traces;
  }

  /** A page is shown to this browser. */
  begin(visitor: Visitor, origin: string): void {
    this.#visitor = visitor;
    this.#origin = origin;
    this.#moves = []; // what moved the page before explains nothing
  }

  noteBegun({ id, seq, request }: TraceRecord): void {
    if (this.#visitor === null) return;
    const visitor = navigatorOf(request);
    if (!visitor || !isSame(visitor, this.#visitor)) return;
    this.#moves.push({ id, seq });
    if (this.#moves.length > maxMoves) this.#moves.shift();
  }

  /** The first navigation above the number, and what its redirects led to. Frames inside the page ask behind it. */
  since({ after, byUser }: { readonly after: number; readonly byUser: boolean }): PreviewWhereabouts {
    const steps: PreviewStep[] = [];
    let path: string | null = null;
    let isOver = false;
    for (const { id, seq } of this.#moves) {
      const trace = seq > after && !isOver ? this.#traces.get(id) : null;
      const address = trace && addressOf(trace.request.target, this.#origin);
      if (
        !trace ||
        !address ||
        (path !== null && path !== pathOf(address)) ||
        (path === null && !(isShown(trace) && (!byUser || isByUser(trace))))
      )
        continue;
      const { request, response } = trace;
      steps.push({ id, seq, method: request.method, status: response?.status ?? null });
      const next = goesOnTo({ trace, path: pathOf(address) }, this.#origin);
      path = next && pathOf(next);
      isOver = next === null;
    }
    return { steps, seen: this.#moves.at(-1)?.seq ?? 0 };
  }
}

/** Frames that a page brings along are loaded with GET, without a click. */
const isByUser = ({ request }: TraceRecord): boolean =>
  request.method !== "GET" || firstValue(request.headers, "sec-fetch-user") !== null;

/** Not one that leaves a browser where it is, or that it cancelled for the next. */
function isShown({ response, outcome }: TraceRecord): boolean {
  return outcome !== "client-gone" && response?.status !== 204 && response?.status !== 205;
}
