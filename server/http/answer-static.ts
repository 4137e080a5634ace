// Sends a static file, read only as fast as the client reads.
import type { Readable } from "node:stream";
import { byteString } from "../protocol/byte-string.js";
import type { RequestHead } from "../protocol/request.js";
import type { StaticRoute } from "../routing/route.js";
import type { Outgoing } from "./outgoing.js";
import type { RequestLife } from "./request-life.js";
import type { StaticFiles } from "./static-answer.js";

/** Resolves when the whole file was handed on, or cannot be. */
export async function answerStatic(life: RequestLife, request: RequestHead, route: StaticRoute, files: StaticFiles): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    return life.answerPage(405, `A static file can be asked for with GET and HEAD, not with ${request.method}.`, "ok", [
      [byteString("Allow"), byteString("GET, HEAD")],
    ]);
  const { status, headers, body } = await files.serve(route.file, { ...request, method: life.request.method });
  if (life.interruption.reason) return life.answerInterrupted();
  if (!body && status >= 400) return life.answerPage(status, refusals[status] ?? "The file cannot be served.", "ok", headers);
  const size = body?.size ?? 0;
  const hasBody = body !== null && life.request.method !== "HEAD";
  const outgoing = life.respond({ status, reason: byteString(""), headers: [...headers, ...(body ? life.lengthForHead(size) : [])] }, size);
  if (hasBody && size > 0) await pump(life, body.open(), outgoing);
  else outgoing.end();
}

const refusals: Readonly<Record<number, string>> = {
  403: "The file may not be read.",
  404: "The file is not there any more.",
  412: "The file has changed: a condition of the request does not hold.",
  416: "The file does not have the range of bytes that was asked for.",
};

function pump(life: RequestLife, file: Readable, outgoing: Outgoing): Promise<void> {
  life.source = file;
  const stopListening = life.interruption.onInterrupt(() => file.destroy());
  return new Promise((resolve) => {
    file.on("data", (bytes: Uint8Array) => {
      life.clock.touch(performance.now());
      if (!outgoing.write(bytes)) file.pause();
    });
    file.once("end", () => outgoing.end());
    file.once("error", (error) => {
      life.judge("upstream-error", `The file could not be read to its end: ${error.message}.`);
      outgoing.cut();
    });
    file.once("close", () => {
      stopListening();
      resolve();
    });
  });
}
