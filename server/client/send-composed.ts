// What the composer's Send does: the request, with the jar's cookies where that is wished, and the requests its
// redirects lead to. Each is a request of its own through the listener, with a trace of its own.

import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { RequestToSend, Sent } from "../contract/requests-contract.js";
import { utf8 } from "../protocol/byte-string.js";
import { nextHop, redirectMessage, withoutBodyHeaders, withoutHostHeaders } from "../protocol/follow-redirect.js";
import { firstValue, valuesOf } from "../protocol/header-values.js";
import { hostField } from "../protocol/missing-headers.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { CookieJar, RefusedCookie } from "./cookie-jar.js";
import type { RequestOverride } from "./request-overrides.js";
import type { OutgoingRequest } from "./send-request.js";

/** The Fetch Standard allows so many redirects. */
const maxHops = 20;

interface ComposedDeps {
  readonly address: { readonly host: string; readonly port: number };
  /** Null: the request takes no cookies along, and keeps none. */
  readonly jar: CookieJar | null;
  /** Sends one request and resolves with its trace when the exchange is over. */
  deliver(
    request: OutgoingRequest,
    override: Pick<RequestOverride, "mode" | "variables" | "parent" | "isHeld" | "isTouched">,
  ): Promise<TraceRecord>;
  /** Once it aborts no further redirect is followed. */
  readonly signal?: AbortSignal;
  /** What becomes of the request before it is sent. */
  readonly change?: (request: OutgoingRequest) => OutgoingRequest;
}

/** Resolves when the last exchange is over. @throws the signal's reason when it aborts first */
export async function sendComposed(
  composed: RequestToSend,
  { address, jar, deliver, signal, change = (request) => request }: ComposedDeps,
): Promise<Sent> {
  const variables = variablesOf(composed.variables);
  const own = hostField(address.host, address.port);
  const aliases = [own, `localhost:${address.port}`, `127.0.0.1:${address.port}`];
  const hops: TraceRecord[] = [];
  const refused: RefusedCookie[] = [];
  let request = change(requestOf(composed));
  let parent: RequestOverride["parent"] = composed.parent;
  let notFollowed: Message | null = null;
  for (;;) {
    const place = {
      host: toDisplayText(firstValue(request.headers, "host") ?? utf8(own)),
      target: toDisplayText(request.target),
    };
    const trace = await deliver(jar === null ? request : withCookies(request, jar.header(place)), {
      mode: composed.mode,
      variables,
      parent,
      isHeld: composed.isHeld && hops.length === 0,
      isTouched: composed.isTouched,
    });
    signal?.throwIfAborted();
    hops.push(trace);
    const headers = trace.response?.headers ?? [];
    if (jar !== null) refused.push(...jar.keep(place, valuesOf(headers, "set-cookie")));
    if (!composed.followRedirects) break;
    const next = nextHop(
      { method: toDisplayText(request.method), target: place.target },
      trace.response?.status ?? 0,
      valuesOf(headers, "location").map(toDisplayText),
      place.host,
      aliases,
    );
    if (next.kind === "refused") notFollowed = next.why;
    if (next.kind === "follow" && hops.length > maxHops)
      notFollowed = redirectMessage("too-many-redirects", { limit: maxHops });
    if (next.kind !== "follow" || notFollowed !== null) break;
    const kept = next.keepsBody ? request.headers : withoutBodyHeaders(request.headers);
    request = {
      method: utf8(next.method),
      target: utf8(next.target),
      headers: next.host === null ? kept : [[utf8("Host"), utf8(next.host)], ...withoutHostHeaders(kept)],
      body: next.keepsBody ? request.body : null,
    };
    parent = { id: trace.id, kind: "follow" };
  }
  return {
    id: hops[0]?.id ?? "",
    hops: hops.map(({ id, seq, request: { method, target }, response }) => ({
      id,
      seq,
      method: toDisplayText(method),
      target: toDisplayText(target),
      status: response?.status ?? null,
    })),
    notFollowed,
    cookiesRefused: refused.map(([line, why]) => ({ line: toDisplayText(line), why })),
  };
}

/** Names and values as bytes; the last of a name counts. */
export const variablesOf = (variables: readonly (readonly [string, string])[]): ReadonlyMap<ByteString, ByteString> =>
  new Map(variables.map(([name, value]) => [utf8(name), utf8(value)]));

export function requestOf({ method, target, headers, body }: RequestToSend) {
  const bytes = body === null ? null : "text" in body ? Buffer.from(body.text) : Buffer.from(body.base64, "base64");
  return {
    method: utf8(method),
    target: utf8(target),
    headers: headers.map(([name, value]) => [utf8(name), utf8(value)] as const),
    body: bytes && { bytes },
  };
}

/** A Cookie field that was composed stands for all. */
function withCookies(request: OutgoingRequest, cookies: ByteString | null): OutgoingRequest {
  if (cookies === null || firstValue(request.headers, "cookie") !== null) return request;
  return { ...request, headers: [...request.headers, [utf8("Cookie"), cookies]] };
}
