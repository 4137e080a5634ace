// Apache 2.4 with mod_cgi, as built: ap_scan_script_header_err_brigade and what follows it.
import type { Message } from "../contract/message.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, isBodyless, known, linesOf, ofLine, ofValue, sends, unknown } from "./answer.js";
import { serverMessage } from "./messages.js";
import { apachePage } from "./pages.js";
import { unparsed } from "./raw-output.js";
import { apacheSays, filled, type SentenceParts, startErrors } from "./sentences.js";
import { isHead, isNph, type ServerRun, scriptFileName } from "./server-run.js";

/** It reads lines of at most so many bytes. */
const lineBytes = 8190;
/** The last one of these counts; others of one name are joined. */
const single = new Set(["location", "content-range", "etag", "last-modified"]);
const withNotModified =
  /^(?:etag|content-location|expires|cache-control|vary|warning|www-authenticate|proxy-authenticate|set-cookie2?)$/;

export function apacheAnswer(run: ServerRun): Answer {
  if (/%2f/i.test(run.target.replace(/\?.*/s, ""))) return page(run, 404, serverMessage("slash-encoded"), []);
  if (run.failure === "not-found") return page(run, 404, serverMessage("file-missing"), [say(run, "notFound")]);
  if (run.failure !== null) {
    const [number, text] = startErrors[run.failure];
    const log = [say(run, "execFailed", { N: String(number), TEXT: text }), say(run, "noOutput")];
    return page(run, 500, serverMessage("cannot-start"), log);
  }
  return isNph(run) ? unparsed(run.stdout, serverMessage("unparsed-by-name")) : read(run);
}

const say = (run: ServerRun, sentence: keyof typeof apacheSays, parts: SentenceParts = {}): string => {
  const hasPath = /^AH0(?:1215|2811)/.test(apacheSays[sentence]);
  return filled(apacheSays[sentence], { S: hasPath ? run.file : scriptFileName(run), ...parts });
};

function read(run: ServerRun): Answer {
  /** The fields by their names in lower case; each cookie has an entry of its own. */
  const fields = new Map<string, Field>();
  let status = 200;
  let said: string | null = null;
  let type: string | null = null;
  let from = 0;
  const failed = (why: Message, sentence: string): Answer => page(run, 500, why, [...stderrLog(run), sentence]);
  for (let isFirst = true; ; isFirst = false) {
    const end = run.stdout.indexOf("\n", from);
    const line = end < 0 ? null : run.stdout.slice(from, end).replaceAll("\r", "");
    if (line === null || line.length >= lineBytes) {
      const isLong = line !== null || run.stdout.length - from >= lineBytes;
      const why = isLong ? "line-too-long" : run.stdout === "" ? "output-empty" : "output-unfinished";
      return failed(serverMessage(why), say(run, isFirst ? "noOutput" : "noBlankLine"));
    }
    from = end + 1;
    const [text = ""] = line.split("\0", 1);
    if (text === "") break;
    const colon = text.indexOf(":");
    if (colon < 0)
      return failed(serverMessage("line-not-header", ofLine(text)), say(run, "badHeader", { TEXT: text.slice(0, 30) }));
    const name = text.slice(0, colon);
    const value = text.slice(colon + 1).replace(/^[ \t\v\f]+/, "");
    const key = name.toLowerCase();
    const before = fields.get(key);
    if (key === "status") {
      said = value;
      status = Number.parseInt(value, 10) || 0;
    } else if (key === "content-type") type = value.trimEnd().replace(/^[^;]*/, (media) => media.toLowerCase());
    else if (key === "last-modified" && !imfDate.test(value)) {
      if (/\d/.test(value)) return unknown(serverMessage("not-known-date"));
    } else if (key === "set-cookie") fields.set(`${key} ${from}`, [name, value]);
    else if (single.has(key) || before === undefined) fields.set(key, [name, value]);
    else fields.set(key, [before[0], `${before[1]}, ${value}`]);
  }
  fields.delete("content-length");
  const typed: readonly Field[] = type === null ? [] : [["Content-Type", type]];
  const isValid = status >= 100 && status < 1000;
  const location = fields.get("location")?.[1];
  if (location !== undefined && status === 200) {
    if (location.startsWith("/")) return unknown(serverMessage("not-known-local-redirect", { path: location }));
    const kept = [...fields].flatMap(([key, field]) => (single.has(key) ? [] : [field]));
    return (
      checked(run, [...fields.values(), ...typed], 302) ??
      page(run, 302, serverMessage("sends-found-page"), stderrLog(run), { location, kept })
    );
  }
  if (isValid && status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && (status === 200 || status === 206)) return unknown(serverMessage("not-known-condition"));
  const bad = checked(run, [...fields.values(), ...typed], isValid ? status : 200);
  if (bad !== null) return bad;
  const sent = [...fields.values()].filter(([name]) => status !== 304 || withNotModified.test(name.toLowerCase()));
  const usual = fields.size === 0 && type === null ? serverMessage("blank-line-first") : sends(null);
  return known({
    status: isValid ? status : 500,
    headers: [...sent.map(varied), ...(isBodyless(status) ? [] : typed)],
    body: isHead(run) || isBodyless(status) ? "" : run.stdout.slice(from),
    log: [...stderrLog(run), ...(isValid ? [] : [say(run, "badStatus", { TEXT: said ?? "" })])],
    why: !isValid
      ? serverMessage("status-not-understood-body", ofValue(said ?? ""))
      : said === null
        ? usual
        : sends(status),
  });
}

const imfDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
export const hasConditions = ({ headers }: ServerRun): boolean =>
  headers.some(([name]) => /^(?:range|if-(?:match|none-match|modified-since|unmodified-since|range))$/i.test(name));

/** Vary names each header once. */
function varied([name, value]: Field): Field {
  if (name.toLowerCase() !== "vary") return [name, value];
  const names = value.split(/[ ,]+/).filter((one) => one !== "");
  return [name, [...new Map(names.map((one) => [one.toLowerCase(), one])).values()].join(", ")];
}

/** It sends no header that HTTP does not allow; null: all are allowed. */
function checked(run: ServerRun, fields: readonly Field[], status: number): Answer | null {
  for (const [NAME, value] of fields) {
    const isNamed = isTokenText(NAME);
    if (isNamed && !/[\0-\x08\x0a-\x1f\x7f]/.test(value)) continue;
    const why = serverMessage(isNamed ? "value-not-allowed" : "name-not-allowed", ofLine(`${NAME}: ${value}`));
    const sentence = isNamed ? apacheSays.invalidValue : apacheSays.invalidName;
    const log = filled(sentence, { NAME, TEXT: isNamed ? value : NAME });
    return page(run, 500, why, [log], { before: status });
  }
  return null;
}

const stderrLog = (run: ServerRun): string[] => linesOf(run).map((line) => say(run, "stderr", { TEXT: line }));

interface OfScript {
  readonly location?: string;
  /** The status that it had asked for when the error came. */
  readonly before?: number;
  readonly kept?: readonly Field[];
}
function page(run: ServerRun, status: number, why: Message, log: readonly string[], given: OfScript = {}): Answer {
  const { location, before, kept = [] } = given;
  const body = apachePage(status, location, before);
  const headers: Field[] = [...kept];
  if (location !== undefined) headers.push(["Location", location]);
  headers.push(["Content-Type", "text/html; charset=iso-8859-1"]);
  if (!isHead(run) && before === undefined) headers.push(["Content-Length", String(body.length)]);
  return known({ status, headers, body: isHead(run) ? "" : body, log, why });
}
