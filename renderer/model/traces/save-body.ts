// The body of a response as a file: the recorded bytes, as a browser would have saved them.
import type { TraceView } from "../../../server/contract/trace.js";
import { firstValue } from "../../../server/protocol/header-values.js";
import { readable } from "../../format/bytes-text.js";
import { formatExactBytes } from "../../format/size.js";
import { notify, orNotify } from "../../platform/notices.js";
import { orNothing, withProgress } from "../../platform/progress.js";
import { saveFile } from "../../platform/save-file.js";
import { useServer } from "../../rpc/store.js";
import { readStream } from "./recorded.js";

// What a browser would call the file that a response's body is saved as (RFC 6266): the name the response gives, else
// the last part of its address. Never a path: a response does not choose the folder.
type Headers = readonly (readonly [string, string])[];

/** `target`: the request's. */
export function saveName(headers: Headers, target: string): string {
  const disposition = firstValue(headers, "content-disposition") ?? "";
  return plain(extended(disposition) ?? given(disposition) ?? decoded(target.replace(/[?#].*$/s, ""))) || "response";
}

/** `filename*=UTF-8''…` goes before `filename=` (RFC 6266 §4.3). */
function extended(disposition: string): string | null {
  const [, text] = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  return text === undefined ? null : decoded(text);
}

function given(disposition: string): string | null {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? token ?? null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded UTF-8: the name unchanged
  }
}

/** The last part, without what no file name holds; a leading dot would hide the file. */
const plain = (name: string): string =>
  name
    .slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1)
    .replace(/[\x00-\x1f\x7f<>:"|?*]/g, "_")
    .replace(/^\.+/, "")
    .trim();

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
  await orNotify(`${name} was not saved`, async () => {
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
  });
}

/** Saves the body of a trace of which only the id is known. */
export async function saveBodyOf(id: string): Promise<void> {
  const trace = await useServer.getState().client?.traces.get({ id });
  if (!trace) return;
  const why = whyNoBody(trace);
  if (why !== null) throw new Error(why);
  await saveBody(trace);
}
