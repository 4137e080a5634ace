// A cURL command pasted into the window: parsed and loaded into the composer, with a notice about what was left out.
// Nothing is run.
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { parseCurl } from "../../../server/protocol/export/parse-curl.js";
import { loadIntoComposer } from "../../model/request/load.js";
import { notify } from "../../platform/notices.js";
import { useServer } from "../../rpc/store.js";

/** Loads the command into the composer. Returns the reason of a failure, a sentence; null on success. */
export function loadCurl(text: string): string | null {
  const parsed = parseCurl(text);
  if (!parsed.ok) return parsed.why;
  const { method, target, headers, body, origin, notes } = parsed.request;
  const here = useServer.getState().state?.server.url?.replace(/\/$/, "");
  const otherOrigin =
    here !== undefined && origin !== here ? [`The command names ${origin}; the request will go to ${here}.`] : [];
  loadIntoComposer({
    method,
    target: textOf(target),
    headers: headers.map(([name, value]) => [textOf(name), textOf(value)] as const),
    body: body === null ? null : toBytes(body),
  });
  notify("info", ["The composer loaded the cURL command’s request.", ...otherOrigin, ...notes].join(" "));
  return null;
}

/** For a command that was pasted into a field of the request. */
export function takePastedCurl(text: string): void {
  const why = loadCurl(text);
  if (why !== null) notify("bad", `The cURL command could not be read: ${why}`);
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const textOf = (bytes: ByteString): string => decoder.decode(toBytes(bytes));
