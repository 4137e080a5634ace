// The traces as an assistant may see them: examined by the doctor, without secrets. What is shown of a stream is cut
// from its masked bytes, or half of a secret would be no secret any more.

import { appMessage } from "../../app/messages.js";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import type { SavedResult } from "../../contract/saved-contract.js";
import type { TraceJson } from "../../contract/trace.js";
import { maskFor, maskSecrets, SecretNames } from "../../trace/formats/secrets.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { assistantMessage } from "./messages.js";

const names = new SecretNames();
/** A body is read range by range: so long the trace stays masked, ms. */
const keptMs = 30_000;
/** Streams up to this size are searched for secrets that a row of the list may repeat. */
const searchedBytes = 64 << 10;

export const masked = (trace: TraceJson): TraceJson => maskSecrets(trace, names);

export class MaskedTraces {
  readonly #parts: Pick<Workbench, "traces" | "doctor">;
  #last: { readonly id: string; readonly trace: TraceJson } | null = null;
  #forget: NodeJS.Timeout | undefined;

  constructor(parts: Pick<Workbench, "traces" | "doctor">) {
    this.#parts = parts;
  }

  /** With its secrets. @throws ProblemError if it is not kept, or its request still runs */
  async record(id: string): Promise<TraceRecord> {
    const { traces, doctor } = this.#parts;
    const found = await traces.find(id);
    if (!found) throw new ProblemError(appMessage("trace-not-kept", { trace: id }));
    if (found.outcome === null) throw new ProblemError(assistantMessage("still-runs", { trace: id }));
    return doctor.examined(found);
  }

  /** @throws ProblemError as `record` */
  async get(id: string): Promise<TraceJson> {
    const record = await this.record(id);
    if (this.#last?.id === id) return this.#last.trace;
    const trace = masked(toTraceJson(record));
    this.#last = { id, trace };
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => {
      this.#last = null;
    }, keptMs).unref();
    return trace;
  }

  /** What came of a saved request: a failed assertion quotes the response. */
  async result(result: SavedResult): Promise<SavedResult> {
    const found = result.trace === null ? null : await this.#parts.traces.find(result.trace);
    if (found?.outcome) return maskFor(toTraceJson(found), names).in(result);
    return result.trace === null ? result : { ...result, failures: [] };
  }

  /** Without large streams, for a row of a list; null: it still runs, or is not kept. */
  async brief(id: string): Promise<TraceJson | null> {
    const found = await this.#parts.traces.find(id);
    return found?.outcome ? masked(toTraceJson(found, searchedBytes)) : null;
  }
}
