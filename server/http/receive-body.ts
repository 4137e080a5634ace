// Decides how a request's body comes to the script, or refuses it. RFC 3875 §4.2: transfer codings are removed and the length made
// good, and where that cannot be done the request is rejected.

import { collectBody, emptyBody, type RequestBody, streamedBody } from "./request-body.js";
import type { RequestLife } from "./request-life.js";

/** Null: the request was answered (or its client is gone), and no script shall run. A promise only for a body that has to be collected first. */
export function receiveBody(life: RequestLife): RequestBody | null | Promise<RequestBody | null> {
  const { req } = life.incoming;
  const coding = req.headers["transfer-encoding"];
  if (coding !== undefined) return receiveChunked(life, coding);

  const declared = req.headers["content-length"];
  if (declared === undefined) return emptyBody(null);
  const length = Number(declared);
  if (length === 0) return emptyBody(0);
  const limit = life.settings.limits.requestBodyBytes;
  if (limit !== null && length > limit) return tooLarge(life, limit);
  return streamedBody(
    req,
    length,
    (bytes) => record(life, bytes),
    () => life.clientGone(),
  );
}

async function receiveChunked(life: RequestLife, coding: string): Promise<RequestBody | null> {
  if (coding.trim().toLowerCase() !== "chunked") {
    life.answerPage(501, `The request body has the transfer coding "${coding}", which is not known here.`, "bad-request");
    return null;
  }
  const limit = life.settings.limits.requestBodyBytes;
  life.phase = "upload";
  life.continueUpload();
  const body = await collectBody(life.incoming.req, limit, (bytes) => record(life, bytes), life.interruption);
  life.phase = "running";
  if (body === "too-large") return tooLarge(life, limit ?? 0);
  if (body === "interrupted") {
    life.answerInterrupted();
    return null;
  }
  life.note = `The chunked request body was received whole (${body.length ?? 0} bytes) before the script started, because CONTENT_LENGTH has to be known by then.`;
  return body;
}

function tooLarge(life: RequestLife, limit: number): null {
  life.answerPage(413, `The request body is larger than the limit of ${limit} bytes (limits.requestBodyBytes in cgi-workbench.json).`, "bad-request");
  return null;
}

function record(life: RequestLife, bytes: Uint8Array): void {
  const now = performance.now();
  life.clock.touch(now);
  life.trace.request.body.add(bytes, now - life.trace.zero);
}
