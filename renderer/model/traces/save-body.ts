// The body of a response as a file: the recorded bytes, as a browser would have saved them.
import { maxRangeBytes } from "../../../server/contract/limits.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { notifyFailure } from "../../platform/notices.js";
import { orCalledOff, withProgress } from "../../platform/progress.js";
import { saveFile } from "../../platform/save-file.js";
import { bodyRange, useServer } from "../../rpc/store.js";
import { saveName } from "./save-name.js";

/** Why there is nothing to save, a sentence; null when there is. */
export const whyNoBody = (trace: TraceView | null): string | null =>
  (trace?.response?.body.captured ?? 0) > 0 ? null : "The response has no body.";

/** Asks for a place (or uses the browser's download folder) and writes the file. A notice reports failures. */
export async function saveBody(trace: TraceView): Promise<void> {
  const { response, request } = trace;
  if (!response) return;
  const name = saveName(
    response.headers.map(([field, value]) => [readable(field), readable(value)]),
    readable(request.target),
  );
  try {
    const parts = await withProgress(`Reading ${name}`, (signal) =>
      orCalledOff(signal, bytesOf(trace.id, response.body.captured, signal)),
    );
    saveFile(name, parts);
  } catch (error) {
    notifyFailure(`${name} was not saved`, error);
  }
}

async function bytesOf(id: string, length: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < length; ) {
    signal.throwIfAborted();
    const part = await bodyRange(id, "response-body", from, Math.min(maxRangeBytes, length - from));
    if (part.length === 0) break;
    parts.push(part);
    from += part.length;
  }
  return parts;
}

/** The same for a trace of which only the id is known. */
export async function saveBodyOf(id: string): Promise<void> {
  const trace = await useServer.getState().client?.traces.get({ id });
  if (!trace) return;
  const why = whyNoBody(trace);
  if (why !== null) throw new Error(why);
  await saveBody(trace);
}
