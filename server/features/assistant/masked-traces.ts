// The traces as an assistant may see them: examined by the doctor, without secrets. What is shown of a stream is cut
// from its masked bytes, or half of a secret would be no secret any more.

import { z } from "zod";
import { appMessage } from "../../app/messages.js";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import type { SavedResult } from "../../contract/saved-contract.js";
import { mode, type TraceJson } from "../../contract/trace.js";
import { utf8 } from "../../protocol/byte-string.js";
import { isTokenText } from "../../protocol/token.js";
import { maskFor, maskSecrets, SecretNames } from "../../trace/formats/secrets.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import { assistantMessage } from "./messages.js";

const names = new SecretNames();
/** Streams up to this size are searched for secrets that a row of the list may repeat. */
const searchedBytes = 64 << 10;

const token = z.string().refine(isTokenText);
/** What none of these has would be another part of the request. */
const target = z.string().regex(/^\/[^\0-\x20\x7f]{0,8191}$/);
export const sentRequest = z.object({
  target: target.describe('Path and query, "/cgi-bin/a.py?b=1".'),
  method: token.optional().describe("By default GET, with a body POST."),
  headers: z.record(token, z.string().regex(/^[^\r\n\0]*$/)).optional(),
  body: z.string().optional(),
  mode: mode.optional().describe("In place of the configured one."),
});

export type MaskedTraces = ReturnType<typeof maskedTraces>;

export function maskedTraces({ traces, doctor, sender }: Pick<Workbench, "traces" | "doctor" | "sender">) {
  /** A body is read range by range. */
  let last: { readonly id: string; readonly trace: WeakRef<TraceJson> } | null = null;

  /** @throws ProblemError if it is not kept, or its request still runs */
  async function get(id: string): Promise<TraceJson> {
    const found = await traces.find(id);
    if (!found) throw new ProblemError(appMessage("trace-not-kept", { trace: id }));
    if (found.outcome === null) throw new ProblemError(assistantMessage("still-runs", { trace: id }));
    const known = last?.id === id ? last.trace.deref() : undefined;
    const trace = known ?? maskSecrets(toTraceJson(await doctor.examined(found)), names);
    last = { id, trace: new WeakRef(trace) };
    return trace;
  }

  return {
    get,
    /** The trace of a request that is sent now. @throws ProblemError; the signal's reason */
    async ofRequest(request: z.infer<typeof sentRequest>, signal: AbortSignal): Promise<TraceJson> {
      const { body, method = body === undefined ? "GET" : "POST", headers = {}, mode = null } = request;
      const sent = {
        method: utf8(method),
        target: utf8(request.target),
        headers: Object.entries(headers).map(([name, value]) => [utf8(name), utf8(value)] as const),
        body: body === undefined ? null : { bytes: Buffer.from(body) },
      };
      const { id } = await sender.deliver(sent, { from: "assistant", mode }, { signal });
      signal.throwIfAborted();
      return get(id);
    },
    /** What came of a saved request: a failed assertion quotes the response. */
    async result(result: SavedResult): Promise<SavedResult> {
      const found = result.trace === null ? null : await traces.find(result.trace);
      if (found?.outcome) return maskFor(toTraceJson(found), names).in(result);
      return result.trace === null ? result : { ...result, failures: [] };
    },
    /** Without large streams, for a row of a list; null: it still runs, or is not kept. */
    async brief(id: string): Promise<TraceJson | null> {
      const found = await traces.find(id);
      return found?.outcome ? maskSecrets(toTraceJson(found, searchedBytes), names) : null;
    },
  };
}
