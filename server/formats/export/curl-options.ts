// cURL's options as far as a pasted command needs them: what each means for the request, and whether a word follows.
// What concerns the transport or the output alone is known and left out.

import type { ByteString } from "../../contract/bytes-text.js";

export type CurlMeaning =
  | "method"
  | "header"
  | "data"
  | "data-raw"
  | "data-binary"
  | "data-urlencode"
  | "json"
  | "form"
  | "form-string"
  | "user"
  | "user-agent"
  | "referer"
  | "cookie"
  | "url"
  | "request-target"
  | "range"
  | "get"
  | "head"
  | "compressed"
  | "globoff"
  | "ignored"
  /** Not the request's matter, but worth a word. */
  | "noted";

interface CurlOption {
  readonly is: CurlMeaning;
  readonly takesValue: boolean;
}

const taking: Readonly<Partial<Record<CurlMeaning, string>>> = {
  method: "X request",
  header: "H header",
  data: "d data data-ascii",
  "data-raw": "data-raw",
  "data-binary": "data-binary",
  "data-urlencode": "data-urlencode",
  json: "json",
  form: "F form",
  "form-string": "form-string",
  user: "u user",
  "user-agent": "A user-agent",
  referer: "e referer",
  cookie: "b cookie",
  url: "url",
  "request-target": "request-target",
  range: "r range",
  ignored:
    "o output m max-time connect-timeout retry retry-delay retry-max-time w write-out c cookie-jar D dump-header max-redirs stderr trace trace-ascii limit-rate y speed-time Y speed-limit keepalive-time interface local-port output-dir cacert capath E cert key pass ciphers tls-max proto proto-default resolve connect-to dns-servers",
  noted: "x proxy U proxy-user noproxy",
};
const single: Readonly<Partial<Record<CurlMeaning, string>>> = {
  get: "G get",
  head: "I head",
  compressed: "compressed",
  globoff: "g globoff",
  ignored:
    "s silent S show-error i include v verbose k insecure N no-buffer f fail fail-with-body # progress-bar no-progress-meter a append j junk-session-cookies q disable O remote-name J remote-header-name R remote-time 4 ipv4 6 ipv6 1 tlsv1 tlsv1.2 tlsv1.3 http1.1 path-as-is no-keepalive tcp-nodelay create-dirs ssl-reqd raw basic",
  noted: "0 http1.0 L location location-trusted http2 http2-prior-knowledge http3",
};

const table = (lists: Readonly<Partial<Record<CurlMeaning, string>>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(lists).flatMap(([is, names]) => names.split(" ").map((name) => [name, is] as const)));
const withValue = table(taking);
const withoutValue = table(single);
const meanings: ReadonlySet<string> = new Set([...Object.keys(taking), ...Object.keys(single)]);

/** By its name without dashes; null when it is not known. */
export function curlOption(name: string): CurlOption | null {
  const is = withValue.get(name) ?? withoutValue.get(name);
  return isMeaning(is) ? { is, takesValue: withValue.has(name) } : null;
}

const isMeaning = (is: string | undefined): is is CurlMeaning => is !== undefined && meanings.has(is);

export interface GivenOption {
  readonly is: CurlMeaning;
  /** As it was written: `-H`, `--header`. */
  readonly name: string;
  readonly value: ByteString;
}

/** The value of the last option of this meaning: the one that counts. */
export const last = (options: readonly GivenOption[], is: CurlMeaning): ByteString | null =>
  options.findLast((option) => option.is === is)?.value ?? null;
