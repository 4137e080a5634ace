// Apache 2.4 with mod_cgi, as built: ap_scan_script_header_err_brigade and what follows it.

import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, known, nothing, ofLine, ofValue, unknown, valuesIn } from "./answer.js";
import { serverMessage } from "./messages.js";
import { apachePage } from "./pages.js";
import { unparsed } from "./raw-output.js";
import { apacheSays, filled, type SentenceParts, startErrors } from "./sentences.js";
import { isHead, isNph, type ServerRun, scriptFileName } from "./server-run.js";

/** It reads lines of at most so many bytes. */
const lineBytes = 8190;
/** The last one of these counts; others of one name are joined. */
const single = new Set(["location", "content-range", "etag"]);
const withNotModified =
  /^(?:etag|content-location|expires|cache-control|vary|warning|www-authenticate|proxy-authenticate|set-cookie2?)$/;

export function apacheAnswer(run: ServerRun): Answer {
  const say = (sentence: string, parts: SentenceParts = {}): string[] => [
    filled(sentence, {
      S: sentence.startsWith("AH01215") || sentence.startsWith("AH02811") ? run.file : scriptFileName(run),
      ...parts,
    }),
  ];
  if (/%2f/i.test(run.target.replace(/\?.*/s, ""))) return page(run, 404, serverMessage("slash-encoded"), []);
  if (run.failure === "not-found") return page(run, 404, serverMessage("file-missing"), say(apacheSays.notFound));
  if (run.failure !== null) {
    const [number, text] = startErrors[run.failure];
    const log = [...say(apacheSays.execFailed, { N: String(number), TEXT: text }), ...say(apacheSays.noOutput)];
    return page(run, 500, serverMessage("cannot-start"), log);
  }
  if (isNph(run)) return unparsed(run.stdout, serverMessage("unparsed-by-name"));
  return read(run, say);
}

function read(run: ServerRun, say: (sentence: string, parts?: SentenceParts) => string[]): Answer {
  const fields: Field[] = [];
  /** Where each field is, by its name. */
  const places = new Map<string, number>();
  let status = 200;
  let said: string | null = null;
  let type: string | null = null;
  let from = 0;
  for (let isFirst = true; ; isFirst = false) {
    const end = run.stdout.indexOf("\n", from);
    const line = end < 0 ? null : run.stdout.slice(from, end).replaceAll("\r", "");
    if (line === null || line.length >= lineBytes) {
      const why =
        line !== null || run.stdout.length - from >= lineBytes
          ? "line-too-long"
          : run.stdout === ""
            ? "output-empty"
            : "output-unfinished";
      const log = [...stderrLog(run), ...say(isFirst ? apacheSays.noOutput : apacheSays.noBlankLine)];
      return page(run, 500, serverMessage(why), log);
    }
    from = end + 1;
    const [text = ""] = line.split("\0", 1);
    if (text === "") break;
    const colon = text.indexOf(":");
    if (colon < 0)
      return page(run, 500, serverMessage("line-not-header", ofLine(text)), [
        ...stderrLog(run),
        ...say(apacheSays.badHeader, { TEXT: text.slice(0, 30) }),
      ]);
    const name = text.slice(0, colon);
    const value = text.slice(colon + 1).replace(/^[ \t\v\f]+/, "");
    const key = name.toLowerCase();
    if (key === "status") {
      said = value;
      status = Number.parseInt(value, 10) || 0;
    } else if (key === "content-type") type = value.trimEnd().replace(/^[^;]*/, (before) => before.toLowerCase());
    else if (key === "last-modified") {
      if (imfDate.test(value)) put(fields, places, name, value, false);
      else if (/\d/.test(value)) return unknown(serverMessage("not-known-date"));
    } else if (single.has(key)) put(fields, places, name, value, false);
    else if (key === "set-cookie") fields.push([name, value]);
    else if (key !== "content-length") put(fields, places, name, value, true);
  }
  const isValid = status >= 100 && status < 1000;
  const [location] = valuesIn(fields, "location");
  if (location !== undefined && status === 200) {
    if (location.startsWith("/")) return unknown(serverMessage("not-known-local-redirect", { path: location }));
    const kept = fields.filter(([name]) => !/^(?:location|etag|content-range|last-modified)$/i.test(name));
    return (
      checked(run, fields, type, 302) ??
      page(run, 302, serverMessage("sends-found-page"), stderrLog(run), { location, kept })
    );
  }
  if (isValid && status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && (status === 200 || status === 206)) return unknown(serverMessage("not-known-condition"));
  const bad = checked(run, fields, type, isValid ? status : 200);
  if (bad !== null) return bad;
  const isBodyless = status === 204 || status === 304;
  const sent = status === 304 ? fields.filter(([name]) => withNotModified.test(name.toLowerCase())) : fields;
  return known({
    status: isValid ? status : 500,
    headers: [...sent.map(varied), ...(type === null || isBodyless ? [] : [["Content-Type", type] as const])],
    body: isHead(run) || isBodyless ? nothing : latin1(run.stdout.slice(from)),
    log: [...stderrLog(run), ...(isValid ? [] : say(apacheSays.badStatus, { TEXT: said ?? "" }))],
    why: !isValid
      ? serverMessage("status-not-understood-body", ofValue(said ?? ""))
      : said !== null
        ? serverMessage("sends-status", { status })
        : serverMessage(fields.length === 0 && type === null ? "blank-line-first" : "sends-output"),
  });
}

const imfDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
export const hasConditions = ({ headers }: ServerRun): boolean =>
  headers.some(([name]) => /^(?:range|if-(?:match|none-match|modified-since|unmodified-since|range))$/i.test(name));

/** Adds a field, or takes its place: the last value counts, or is joined to those before. */
function put(fields: Field[], places: Map<string, number>, name: string, value: string, isJoined: boolean): void {
  const key = name.toLowerCase();
  const before = fields[places.get(key) ?? -1];
  if (before === undefined) places.set(key, fields.push([name, value]) - 1);
  else fields[places.get(key) ?? -1] = isJoined ? [before[0], `${before[1]}, ${value}`] : [name, value];
}
/** Vary names each header once. */
function varied([name, value]: Field): Field {
  if (name.toLowerCase() !== "vary") return [name, value];
  const names = value.split(/[ ,]+/).filter((one) => one !== "");
  return [name, [...new Map(names.map((one) => [one.toLowerCase(), one])).values()].join(", ")];
}

/** It sends no header that HTTP does not allow; null: all are allowed. */
function checked(run: ServerRun, fields: readonly Field[], type: string | null, status: number): Answer | null {
  for (const [NAME, value] of [...fields, ...(type === null ? [] : [["Content-Type", type] as const])]) {
    const isNamed = isTokenText(NAME);
    if (isNamed && !/[\0-\x08\x0a-\x1f\x7f]/.test(value)) continue;
    const why = serverMessage(isNamed ? "value-not-allowed" : "name-not-allowed", ofLine(`${NAME}: ${value}`));
    const log = filled(isNamed ? apacheSays.invalidValue : apacheSays.invalidName, {
      NAME,
      TEXT: isNamed ? value : NAME,
    });
    return page(run, 500, why, [log], { before: status });
  }
  return null;
}

const stderrLog = ({ stderr, file }: ServerRun): string[] =>
  stderr
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => filled(apacheSays.stderr, { S: file, TEXT: line }));

function page(
  run: ServerRun,
  status: number,
  why: Message,
  log: readonly string[],
  {
    location = "",
    before = null,
    kept = [],
  }: { location?: string; before?: number | null; kept?: readonly Field[] } = {},
): Answer {
  const body: ByteString = apachePage(status, location, before ?? 200);
  const type: Field = ["Content-Type", "text/html; charset=iso-8859-1"];
  const headers: Field[] = [...kept, ...(location === "" ? [] : [["Location", location] as const]), type];
  const length: Field[] = isHead(run) || before !== null ? [] : [["Content-Length", String(body.length)]];
  return known({ status, headers: [...headers, ...length], body: isHead(run) ? nothing : body, log, why });
}
