// What the requests of one client for one target have in common, kept once for all their traces: everything that a
// person would call the same request with the same response.
import type { TraceRecord } from "../trace-record.js";
import { type RecordParts, recordKind, type StoredRecord } from "./record.js";

/**
 * The part of a trace that similar traces share. To share another field, add it here: it is
 * then compared, and `decodeTrace` gives it back.
 */
function sharedPart(trace: TraceRecord) {
  const { outcome, cause, client, parent, request, route, argv, cwd, env, notExported, response, notes, held } = trace;
  return {
    outcome,
    cause,
    client,
    parent,
    route,
    argv,
    cwd,
    env,
    notExported,
    notes,
    held,
    connectionId: trace.connection.id,
    request: {
      head: request.head,
      method: request.method,
      target: request.target,
      httpVersion: request.httpVersion,
    },
    response: response && {
      status: response.status,
      reason: response.reason,
      headers: response.headers,
      framing: response.framing,
      added: response.added,
      changed: response.changed,
      dropped: response.dropped,
      interim: response.interim,
    },
    /** What a FastCGI application was sent for a request without a body: it depends on nothing else. */
    sent: request.body.bytes === 0 ? (trace.fastcgi?.sent.firstBytes ?? null) : null,
  };
}

export type SharedContext = ReturnType<typeof sharedPart>;

/** Connections of which the last request's context is remembered. */
const rememberedConnections = 64;

export class SharedContexts {
  readonly #last: (SharedContext | undefined)[] = [];

  /** The context of the connection's request before when it is equal, else a new one. */
  of(trace: TraceRecord): { readonly context: SharedContext; readonly isNew: boolean } {
    const own = sharedPart(trace);
    const index = Math.abs(trace.connection.id) % rememberedConnections;
    const last = this.#last[index];
    if (last) {
      if (isEqual(own, last)) return { context: last, isNew: false };
      takeEqualValues(own, last);
      if (own.response && last.response) takeEqualValues(own.response, last.response);
    }
    this.#last[index] = own;
    return { context: own, isNew: true };
  }

  clear(): void {
    this.#last.length = 0;
  }
}

/** Compares plain data: text, numbers, arrays and objects of them. Anything else, such as bytes, equals only itself. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!isEqual(one[i], other[i])) return false;
    return true;
  }
  return isPlain(one) && isPlain(other) && haveEqualValues(one, other);
}

function haveEqualValues(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  let keys = 0;
  for (const key in one) {
    if (!isEqual(one[key], other[key])) return false;
    keys++;
  }
  for (const _ in other) keys--;
  return keys === 0;
}

const isPlain = (value: object): value is Readonly<Record<string, unknown>> =>
  Object.getPrototypeOf(value) === Object.prototype;

/** Takes each value from `earlier` that is equal there, so that the own one can be collected. */
function takeEqualValues<T extends object>(own: T, earlier: T): void {
  for (const key in own) if (own[key] !== earlier[key] && isEqual(own[key], earlier[key])) own[key] = earlier[key];
}

/** What the texts of contexts have in common: similar requests share most of these objects. */
const texts = new WeakMap<object, string>();

function sharedJson(shared: object | null): string {
  if (shared === null) return "null";
  let text = texts.get(shared);
  if (text === undefined) {
    text = JSON.stringify(shared);
    texts.set(shared, text);
  }
  return text;
}

/**
 * As JSON.stringify would make it, without `sent`. The variables are most of it, and most of them are equal to those of
 * earlier requests.
 */
function contextJson({ sent: _, env, notes, route, argv, notExported, ...rest }: SharedContext): string {
  const { policy, ...ownNotes } = notes;
  const variables = env === null ? "null" : `[${env.map(sharedJson).join(",")}]`;
  const shared = `"route":${sharedJson(route)},"argv":${sharedJson(argv)},"notExported":${sharedJson(notExported)}`;
  const withPolicy = `${JSON.stringify(ownNotes).slice(0, -1)},"policy":${sharedJson(policy)}}`;
  return `${JSON.stringify(rest).slice(0, -1)},${shared},"notes":${withPolicy},"env":${variables}}`;
}

export const contextParts = (context: SharedContext): RecordParts => ({
  kind: recordKind.context,
  json: contextJson(context),
  body: context.sent ? [context.sent] : [],
});

/** From its record. @throws SyntaxError if it is damaged */
export function decodeContext({ json, body }: Pick<StoredRecord, "json" | "body">): SharedContext {
  const shared: Omit<SharedContext, "sent"> = JSON.parse(json.toString());
  return { ...shared, sent: body };
}
