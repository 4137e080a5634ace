// The traces as an assistant may see them: examined by the doctor, without secrets. What is shown of a stream is cut
// from its masked bytes, or half of a secret would be no secret any more. A query must not tell, hit by hit, what masks
// hide: what it may compare are values that hold no secret, and the masked target.
import { z } from "zod";
import { appMessage } from "../../app/messages.js";
import type { Workbench } from "../../app/workbench.js";
import { fromBytesText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { SavedResult } from "../../contract/saved-contract.js";
import { mode, type TraceJson } from "../../contract/trace.js";
import { patterns } from "../../formats/query/query-pattern.js";
import { parseTraceQuery, type Term, type TraceQuery } from "../../formats/query/trace-query.js";
import { has, rowJudge } from "../../formats/query/trace-row-test.js";
import { utf8 } from "../../protocol/byte-string.js";
import { isTokenText } from "../../protocol/token.js";
import { isDamagedTrace } from "../../store/messages.js";
import { maskFor, maskSecrets, SecretNames } from "../../trace/formats/secrets.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import { lastSaveIn } from "../exchange/read-store.js";
import { assistantMessage } from "./messages.js";

const names = new SecretNames();
/** Streams up to this size are searched for secrets that a row of the list may repeat. */
const searchedBytes = 64 << 10;
/** So many rows are asked for at once. */
const pageRows = 100;

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

export function maskedTraces({ traces, doctor, sender, list }: Workbench, root: string) {
  /** A body is read range by range. */
  let last: WeakRef<TraceJson> | null = null;

  /** @throws ProblemError if it is not kept, or its request still runs */
  async function get(id: string): Promise<TraceJson> {
    const found = await traces.find(id);
    if (!found) throw new ProblemError(appMessage("trace-not-kept", { trace: id }));
    if (found.outcome === null) throw new ProblemError(assistantMessage("still-runs", { trace: id }));
    const known = last?.deref();
    const trace = known?.id === id ? known : maskSecrets(toTraceJson(await doctor.examined(found)), names);
    last = new WeakRef(trace);
    return trace;
  }

  return {
    get,
    /**
     * Ended ones, newest first, without large streams; whether there are more; and how many were left out because their
     * stored bytes are damaged. @throws ProblemError
     */
    async find(text: string, limit: number, signal: AbortSignal) {
      const query = safeQuery(text, root);
      const judge = rowJudge(query, { patternTest: patterns.patternTest, unknown: null });
      const found: TraceJson[] = [];
      let damaged = 0;
      for (let first = 0, total = 1; first < total; first += pageRows) {
        const page = await list.page(query, { first, count: pageRows }, signal);
        total = page.total;
        for (const { row } of page.found) {
          const record = await traces.find(row.id).catch((error: unknown) => {
            if (!isDamagedTrace(error)) throw error;
            damaged += 1;
            return null;
          });
          signal.throwIfAborted();
          if (!record?.outcome) continue;
          const trace = maskSecrets(toTraceJson(record, searchedBytes), names);
          if (judge({ ...row, target: fromBytesText(trace.request.target) }) === false) continue;
          if (found.length === limit) return { found, more: true, damaged };
          found.push(trace);
        }
      }
      return { found, more: false, damaged };
    },
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
  };
}

/** @throws ProblemError for one that is mistaken, or may not be asked */
function safeQuery(text: string, root: string): TraceQuery {
  const parsed = parseTraceQuery(text, patterns, Date.now(), () => lastSaveIn(root));
  if ("mistake" in parsed) throw new ProblemError(assistantMessage("query-mistaken", { why: parsed.mistake.why }));
  if (parsed.query.flat().some(readsSecrets)) throw new ProblemError(assistantMessage("query-reads-secrets"));
  return parsed.query.map((choice) => choice.map(withoutStreams));
}

/** What is left out by an unmasked target tells as much as what is found. */
const readsSecrets = (term: Term): boolean =>
  has([[term]], (condition) => {
    if (condition.key === "header" || condition.key === "env") return condition.value !== null;
    return (term.isNegated ? ["body", "stderr", "text", "path"] : ["body", "stderr"]).includes(condition.key);
  });

/** A word is sought in the target and the file's path alone. */
function withoutStreams(term: Term): Term {
  if (term.key !== "text" || !("value" in term)) return term;
  const { value, isNegated } = term;
  return { key: "any", of: (["path", "file"] as const).map((key) => ({ key, value })), isNegated };
}
