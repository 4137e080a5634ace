// A cURL command pasted into the window: parsed and loaded into the composer, with a notice about what was left out.
// Nothing is run.
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { type PastedRequest, parseCurl } from "../../../server/formats/export/parse-curl.js";
import { httpBytes } from "../../../server/formats/export/raw-http.js";
import { byteString, toBytes, utf8 } from "../../../server/protocol/byte-string.js";
import { type AddedHeader, missingHeaders } from "../../../server/protocol/missing-headers.js";
import { invalidUtf8 } from "../../../server/protocol/utf8-validity.js";
import { loadBytes, loadIntoComposer } from "../../model/request/load.js";
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
  const isText = [method, target, ...headers.flat()].every((bytes) => invalidUtf8(toBytes(bytes), 1).length === 0);
  if (isText)
    loadIntoComposer({
      method,
      target: textOf(target),
      headers: headers.map(([name, value]) => [textOf(name), textOf(value)] as const),
      body: body === null ? null : toBytes(body),
    });
  else loadBytes(wireBytes(parsed.request, here ?? origin), textOf(target));
  const asBytes = isText ? [] : ["Its target or a header is not UTF-8, so the composer shows its raw bytes."];
  notify("info", ["The composer loaded the cURL command’s request.", ...asBytes, ...otherOrigin, ...notes].join(" "));
  return null;
}

/** With the headers that the composer would add. `url`: of the server. */
function wireBytes({ method, target, headers, body }: PastedRequest, url: string): Uint8Array<ArrayBuffer> {
  const added = missingHeaders(headers, url.replace(/^https?:\/\//, ""), body?.length ?? null);
  const pairOf = ({ name, value }: AddedHeader) => [utf8(name), utf8(value)] as const;
  const all = [...added.before.map(pairOf), ...headers, ...added.after.map(pairOf)];
  return toBytes(
    httpBytes(byteString(""), { method, target, httpVersion: "1.1", headers: all, body: body ?? byteString("") }),
  );
}

/** For a command that was pasted into a field of the request. */
export function takePastedCurl(text: string): void {
  const why = loadCurl(text);
  if (why !== null) notify("bad", `The cURL command could not be read: ${why}`);
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const textOf = (bytes: ByteString): string => decoder.decode(toBytes(bytes));
