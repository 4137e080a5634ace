// Decides how a request's body comes to the script, or refuses it. RFC 3875 §4.2: transfer codings are removed and
// CONTENT_LENGTH corrected, and where that cannot be done the request is rejected.

import { errorCode } from "../../base/disk.js";
import { temporaryRoot } from "../../base/user-folders.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { exchangeMessage, lacksDescriptor } from "../exchange/messages.js";
import { connectionFault } from "../front/messages.js";
import { collectBody, emptyBody, type RequestBody, streamedBody } from "./request-body.js";

/**
 * Null: the request has its response, or its client disconnected; do not run a script. A
 * promise only if the body must be collected: a chunked one, or (`isWhole`) to look at it.
 */
export function receiveBody(
  exchange: HttpExchange,
  isWhole: boolean,
): RequestBody | null | Promise<RequestBody | null> {
  const { body } = exchange.incoming;
  if (body.framing.kind === "chunked") return receiveWhole(exchange);
  if (body.framing.kind === "none") return emptyBody(null);
  const length = body.framing.bytes;
  if (length === 0) return emptyBody(0);
  const limit = exchange.settings.limits.requestBodyBytes;
  if (limit !== null && length > limit) return tooLarge(exchange, limit);
  if (isWhole) return receiveWhole(exchange);
  return streamedBody(
    body,
    length,
    (bytes) => record(exchange, bytes),
    () => exchange.clientGone(),
  );
}

async function receiveWhole(exchange: HttpExchange): Promise<RequestBody | null> {
  const limit = exchange.settings.limits.requestBodyBytes;
  exchange.phase = "upload";
  exchange.continueUpload();
  const body = await collect(exchange, limit);
  exchange.phase = "running";
  if (typeof body === "object" && "errno" in body) {
    const status = lacksDescriptor(body.errno) ? 503 : 507;
    const cause = exchangeMessage("body-not-stored", { folder: temporaryRoot(), ...body });
    exchange.respondWithPage(status, cause, "upstream-error");
    return null;
  }
  if (body === "too-large") return tooLarge(exchange, limit ?? 0);
  if (body === "no-room") {
    const { status, cause } = connectionFault("too-much-held");
    exchange.respondWithPage(status ?? 503, cause, "bad-request");
    return null;
  }
  if (body === "aborted") {
    exchange.respondAborted();
    return null;
  }
  if (exchange.incoming.body.framing.kind === "chunked")
    exchange.note = exchangeMessage("chunked-body-collected", { bytes: body.length ?? 0 });
  return body;
}

/** `errno`: the temporary file could not be written. */
async function collect(exchange: HttpExchange, limit: number | null) {
  const { incoming, exchangeAbort, clock } = exchange;
  const on = {
    bytes: (bytes: Uint8Array) => record(exchange, bytes),
    resume: () => clock.activity(performance.now()), // the time of a slow disk is not the client's
  };
  try {
    return await collectBody(incoming.body, limit, on, exchangeAbort);
  } catch (error) {
    const errno = errorCode(error);
    if (errno === "") throw error;
    return { errno };
  }
}

function tooLarge(exchange: HttpExchange, limit: number): null {
  exchange.respondWithPage(413, exchangeMessage("body-too-large", { limitBytes: limit }), "bad-request");
  return null;
}

function record(exchange: HttpExchange, bytes: Uint8Array): void {
  const now = performance.now();
  exchange.clock.activity(now);
  exchange.trace.request.body.add(bytes, now - exchange.trace.t0Ms);
}
