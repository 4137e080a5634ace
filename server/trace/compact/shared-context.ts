// What the requests of one client to one script have in common, kept once for all their traces: connection, head, route, variables, and what
// the script answered but for its body.
import type { ByteString } from "../../contract/bytes-text.js";
import type { GatewayPolicy } from "../../protocol/policy.js";
import type { HeaderPair, NameAndWhy } from "../../protocol/request.js";
import type { RecordedResponse, RecordedVariable, TraceRecord } from "../trace-record.js";
import { arraysEqual, Interner, ListInterner } from "./interner.js";

export interface SharedTraceContext {
  readonly client: TraceRecord["client"];
  readonly connectionId: number;
  readonly parent: TraceRecord["parent"];
  readonly head: ByteString;
  readonly method: ByteString;
  readonly target: ByteString;
  readonly httpVersion: string;
  readonly route: TraceRecord["route"];
  readonly argv: readonly ByteString[] | null;
  readonly cwd: ByteString | null;
  readonly env: readonly RecordedVariable[] | null;
  readonly notExported: readonly NameAndWhy[];
  readonly policy: GatewayPolicy | null;
  readonly handlerBecause: TraceRecord["notes"]["handlerBecause"];
  readonly status: number;
  readonly reason: ByteString;
  readonly headers: RecordedResponse["headers"];
  readonly framing: RecordedResponse["framing"];
  readonly added: RecordedResponse["added"];
  readonly changed: RecordedResponse["changed"];
  readonly dropped: RecordedResponse["dropped"];
  /** What a FastCGI application was sent when there is no request body: nothing but the circumstances goes into it. */
  readonly opening: Uint8Array | null;
}

/** Connections whose last request is remembered. */
const places = 64;
const last = new Array<SharedTraceContext | null>(places).fill(null);

/** Those of the connection's request before, when they are the same. */
export function sharedContextOf(
  trace: TraceRecord,
  response: RecordedResponse,
): { readonly context: SharedTraceContext; readonly areNew: boolean } {
  const place = trace.connection.id % places;
  const before = last[place];
  if (before && matches(before, trace, response)) return { context: before, areNew: false };
  const made = build(trace, response);
  last[place] = made;
  return { context: made, areNew: true };
}

function matches(
  before: SharedTraceContext,
  { client, connection, parent, request, route, argv, cwd, env, notExported, notes, fastcgi }: TraceRecord,
  response: RecordedResponse,
): boolean {
  return (
    before.connectionId === connection.id &&
    before.head === request.head &&
    before.env === env &&
    before.status === response.status &&
    isSameRoute(before.route, route) &&
    arraysEqual(before.headers, response.headers, isSamePair) &&
    before.method === request.method &&
    before.target === request.target &&
    before.httpVersion === request.httpVersion &&
    before.parent === parent &&
    isSameClient(before.client, client) &&
    before.policy === notes.policy &&
    before.handlerBecause === notes.handlerBecause &&
    before.reason === response.reason &&
    before.framing === response.framing &&
    before.cwd === cwd &&
    (before.argv === null || argv === null ? before.argv === argv : arraysEqual(before.argv, argv, isSameText)) &&
    arraysEqual(before.notExported, notExported, isSameReason) &&
    arraysEqual(before.added, response.added, isSameReason) &&
    arraysEqual(before.changed, response.changed, isSameReason) &&
    arraysEqual(before.dropped, response.dropped, isSameReason) &&
    before.opening === openingOf(request, fastcgi)
  );
}

function build(
  { client, connection, parent, request, route, argv, cwd, env, notExported, notes, fastcgi }: TraceRecord,
  { status, reason, headers, framing, added, changed, dropped }: RecordedResponse,
): SharedTraceContext {
  return {
    client,
    connectionId: connection.id,
    parent,
    head: request.head,
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    route: routes.intern(route),
    argv: argv && lists.intern(argv),
    cwd: cwd && texts.intern(cwd),
    env,
    notExported: reasons.intern(notExported),
    policy: notes.policy,
    handlerBecause: notes.handlerBecause,
    status,
    reason,
    headers: fields.intern(headers),
    framing,
    added: reasons.intern(added),
    changed: reasons.intern(changed),
    dropped: reasons.intern(dropped),
    opening: openingOf(request, fastcgi),
  };
}

const openingOf = ({ body }: TraceRecord["request"], fastcgi: TraceRecord["fastcgi"]): Uint8Array | null =>
  body.bytes === 0 && fastcgi ? fastcgi.sent.firstBytes : null;

const isSameText = (one: ByteString, other: ByteString): boolean => one === other;
const isSamePair = ([name, value]: HeaderPair, [otherName, otherValue]: HeaderPair): boolean =>
  name === otherName && value === otherValue;
/** Of a code the text says all that its data do. */
const isSameReason = ([name, why]: NameAndWhy, [otherName, otherWhy]: NameAndWhy): boolean =>
  name === otherName && (why === otherWhy || (why.code === otherWhy.code && why.text === otherWhy.text));
const isSameClient = (one: TraceRecord["client"], other: TraceRecord["client"]): boolean =>
  one === other || (one.port === other.port && one.address === other.address && one.from === other.from);
const isSameRoute = (one: TraceRecord["route"], other: TraceRecord["route"]): boolean =>
  one.scriptName === other.scriptName &&
  one.pathInfo === other.pathInfo &&
  one.scriptHash === other.scriptHash &&
  one.file === other.file &&
  one.mode === other.mode &&
  one.kind === other.kind;

const texts = new Interner<ByteString>(isSameText);
const lists = new ListInterner<ByteString>(isSameText);
const fields = new ListInterner<HeaderPair>(isSamePair);
const reasons = new ListInterner<NameAndWhy>(isSameReason);
const routes = new Interner<TraceRecord["route"]>(isSameRoute);
