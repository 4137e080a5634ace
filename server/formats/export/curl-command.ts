// A request as a command line for cURL that sends the same bytes: the same method, target, headers in their
// order, and body. What cURL would add by itself is taken away; what describes the body's length it writes
// itself, so that an edited command stays right.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { firstValue, valuesOf } from "../../protocol/header-values.js";
import { isChunked } from "./body-frame.js";
import type { RecordedRequest } from "./recorded-request.js";
import { quoted, shellWord } from "./shell-word.js";
import { pipeOf } from "./stdin-source.js";
import { plainText } from "./utf8-text.js";

/** A longer word the system would not take (MAX_ARG_STRLEN is 128 KiB). */
const maxWordBytes = 100_000;
/** cURL announces bodies above a megabyte and waits. */
const maxUnannouncedBytes = 1 << 20;
/** cURL sends a path with these as it is; others it refuses, cuts ("#") or encodes. */
const asItIs = /^\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?[\]{}]*$/;

/** What a Host names: anything else would be another part of the address, or several addresses to cURL. */
const isHost = /^(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** cURL sends no default port and no zeros before a port, whatever the address says. */
const isPortChanged = /:(?:80|0\d*)$/;

/** Where a request went by its Host. Without one that is a host this machine, which then gets the Host as a header. */
export const originByHost = (host: string | null): string =>
  `http://${host !== null && isHost.test(host) ? host : "127.0.0.1"}`;

/** `origin`: where the server is, `http://127.0.0.1:8080`. */
export function curlCommand(request: RecordedRequest, origin: string): string {
  const { method, target, httpVersion, body } = request;
  // An empty body in chunks has a last chunk, which cURL sends for data alone.
  const hasBody = body !== "" || firstValue(request.headers, "content-length") !== null || isChunked(request.headers);
  const text = plainText(body);
  const isPiped = body.length > maxWordBytes || (text === null && body !== "");
  const options: string[] = [];
  const add = (option: string, value: ByteString): void => void options.push(`${option} ${shellWord(value)}`);

  if (httpVersion === "1.0") options.push("--http1.0");
  if (method === "HEAD" && !hasBody) options.push("--head");
  else if (method !== (hasBody ? "POST" : "GET")) add("-X", method);
  for (const line of headerLines(request, origin, hasBody)) add("-H", line);
  if (isPiped) options.push("--data-binary @-");
  else if (hasBody) options.push(`--data-raw ${text === null ? "''" : quoted(text)}`);

  const path = asItIs.test(target) ? target : null;
  if (path === null) add("--request-target", target);
  if (path !== null && /\/\.{1,2}(\/|\?|$)/.test(path)) options.push("--path-as-is");
  if (path !== null && /[[\]{}]/.test(path)) options.push("--globoff");
  const url = shellWord(byteString(origin + (path ?? "/")));
  return `${isPiped ? pipeOf(body) : ""}curl -i ${[url, ...options].join(" \\\n  ")}`;
}

function headerLines(
  { headers, body, httpVersion }: RecordedRequest,
  origin: string,
  hasBody: boolean,
): readonly ByteString[] {
  const lines: ByteString[] = [];
  const has = (name: string): boolean => firstValue(headers, name) !== null;
  const [host, ...otherHosts] = valuesOf(headers, "host");
  if (host === undefined && httpVersion === "1.0") lines.push(byteString("Host:"));
  const isGenerated =
    host !== undefined && otherHosts.length === 0 && `http://${host}` === origin && !isPortChanged.test(host);
  const isLengthRight = valuesOf(headers, "content-length").every((value) => value === String(body.length));
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if ((lower === "host" && isGenerated) || (lower === "content-length" && isLengthRight)) continue;
    if (name.startsWith("@")) continue; // no header, but a file that cURL would read and send
    lines.push(byteString(value === "" ? `${name};` : `${name}: ${value}`));
  }
  const isAnnounced = hasBody && (body.length > maxUnannouncedBytes || has("transfer-encoding"));
  const unwanted = ["User-Agent", "Accept", ...(hasBody ? ["Content-Type"] : []), ...(isAnnounced ? ["Expect"] : [])];
  for (const name of unwanted) if (!has(name.toLowerCase())) lines.push(byteString(`${name}:`));
  return lines;
}
