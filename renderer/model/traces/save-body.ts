// The body of a response as a file: the recorded bytes, as a browser would have saved them.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatExactBytes } from "../../format/size.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { orNothing, withProgress } from "../../platform/progress.js";
import { saveFile } from "../../platform/save-file.js";
import { useServer } from "../../rpc/store.js";
import { readStream } from "./recorded.js";
import { saveName } from "./save-name.js";

/** Why there is nothing to save, a sentence; null when there is. */
export const whyNoBody = (trace: TraceView | null): string | null =>
  (trace?.response?.body.captured ?? 0) > 0 ? null : "The response has no body.";

/** Asks for a place (or uses the browser's download folder) and writes the file. A notice reports failures. */
export async function saveBody(trace: TraceView): Promise<void> {
  const { response, request } = trace;
  if (!response) return;
  const { bytes, captured } = response.body;
  const name = saveName(
    response.headers.map(([field, value]) => [readable(field), readable(value)]),
    readable(request.target),
  );
  try {
    const body = await withProgress(`Reading ${name}`, (signal) =>
      orNothing(signal, readStream(trace.id, "response-body", captured, signal)),
    );
    if (body === null) {
      notify("info", `${name} was not saved, because you cancelled.`);
      return;
    }
    saveFile(name, [body]);
    if (captured < bytes)
      notify(
        "bad",
        `${name} holds the first ${formatExactBytes(captured)} of the response body. The other ${formatExactBytes(bytes - captured)} were not kept.`,
      );
  } catch (error) {
    notifyFailure(`${name} was not saved`, error);
  }
}

/** Saves the body of a trace of which only the id is known. */
export async function saveBodyOf(id: string): Promise<void> {
  const trace = await useServer.getState().client?.traces.get({ id });
  if (!trace) return;
  const why = whyNoBody(trace);
  if (why !== null) throw new Error(why);
  await saveBody(trace);
}
