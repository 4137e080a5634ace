// Sends a static file, read only as fast as the client reads.
import type { Readable } from "node:stream";
import { byteString } from "../../protocol/byte-string.js";
import type { RequestHead } from "../../protocol/request.js";
import type { StaticRoute } from "../../routing/route.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { OutputSink } from "../response/outgoing.js";
import type { StaticFiles } from "./static-response.js";

/** Resolves when the whole file was handed on, or cannot be. */
export async function respondStatic(
  exchange: HttpExchange,
  request: RequestHead,
  route: StaticRoute,
  files: StaticFiles,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    return exchange.respondWithPage(405, exchangeMessage("static-method", { method: request.method }), "ok", [
      [byteString("Allow"), byteString("GET, HEAD")],
    ]);
  exchange.phase = "file"; // no script is silent while the disk is slow
  const { status, headers, body } = await files.serve(route, { ...request, method: exchange.request.method });
  if (exchange.exchangeAbort.reason) return exchange.respondAborted();
  if (!body && status >= 400)
    return exchange.respondWithPage(status, exchangeMessage(refusals[status] ?? "static-refused"), "ok", headers);
  const size = body?.size ?? 0;
  const hasBody = body !== null && exchange.request.method !== "HEAD";
  const outgoing = exchange.respond(
    { status, reason: byteString(""), headers: [...headers, ...(body ? exchange.lengthForHead(size) : [])] },
    size,
  );
  if (hasBody && size > 0) await pump(exchange, body.open(), outgoing);
  else outgoing.end();
}

const refusals: Readonly<
  Record<number, "static-forbidden" | "static-removed" | "static-condition-failed" | "static-range">
> = {
  403: "static-forbidden",
  404: "static-removed",
  412: "static-condition-failed",
  416: "static-range",
};

function pump(exchange: HttpExchange, file: Readable, outgoing: OutputSink): Promise<void> {
  exchange.source = file;
  const stopListening = exchange.exchangeAbort.onAbort(() => file.destroy());
  return new Promise((resolve) => {
    file.on("data", (bytes: Uint8Array) => {
      exchange.clock.activity(performance.now());
      if (!outgoing.write(bytes)) file.pause();
    });
    file.once("end", () => outgoing.end());
    file.once("error", (error) => {
      exchange.setOutcome("upstream-error", exchangeMessage("static-read-failed", { systemText: error.message }));
      outgoing.cut();
    });
    file.once("close", () => {
      stopListening();
      resolve();
    });
  });
}
