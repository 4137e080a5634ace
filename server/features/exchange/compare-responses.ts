// The response to a repeated request beside the recorded one: status, headers and body.
import { toBytesText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { ReplayReport } from "../../contract/command-output.js";
import { fromBytes, latin1 } from "../../protocol/byte-string.js";
import { escapeBytes } from "../../protocol/quote.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { responseMessage } from "./messages.js";

/** Headers that say when, not what. */
const ignored: ReadonlySet<string> = new Set(["date"]);

type Response = TraceRecord["response"];
export type Difference = ReplayReport["differences"][number];

/** What of a response is compared. */
export interface Answer extends Pick<NonNullable<Response>, "status" | "headers"> {
  /** As far as it was kept. */
  readonly body: Uint8Array;
  /** Of all of it. */
  readonly bytes: number;
}
export const answerOf = (response: Response, mostBytes = Number.POSITIVE_INFINITY): Answer | null =>
  response && {
    status: response.status,
    headers: response.headers,
    bytes: response.body.bytes,
    body: response.body.read(0, Math.min(response.body.captured, mostBytes)),
  };

/** `settled`: bytes as they are compared, in the place and number of the given ones. */
export const differencesOf = (
  was: Answer | null,
  now: Answer | null,
  settled: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Difference[] => [
  ...statusDifference(was, now),
  ...headerDifferences(was, now),
  ...bodyDifference(was, now, settled),
];

export function compareTraces(was: TraceRecord, now: TraceRecord): ReplayReport {
  const differences = differencesOf(answerOf(was.response), answerOf(now.response));
  return {
    recorded: { id: was.id, status: was.response?.status ?? null, outcome: was.outcome ?? "ok" },
    repeated: { id: now.id, status: now.response?.status ?? null, outcome: now.outcome ?? "ok" },
    alike: differences.length === 0,
    uncompared: differences.some(({ part }) => part === "body") ? 0 : uncomparedBytes(was.response, now.response),
    differences,
    ignored: [...ignored],
  };
}

function statusDifference(was: Answer | null, now: Answer | null): Difference[] {
  const text = (response: Answer | null): string => (response === null ? "no response" : String(response.status));
  if (text(was) === text(now)) return [];
  const data = { was: text(was), now: text(now) };
  return [{ part: "status", name: null, offset: null, ...data, message: responseMessage("response-status", data) }];
}

function headerDifferences(was: Answer | null, now: Answer | null): Difference[] {
  const before = fieldsOf(was);
  const after = fieldsOf(now);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Difference[] => {
    if (before.get(name) === after.get(name) || ignored.has(name)) return [];
    const texts = { was: textOf(before.get(name) ?? null), now: textOf(after.get(name) ?? null) };
    const message = responseMessage("response-header", { name, was: quoted(texts.was), now: quoted(texts.now) });
    return [{ part: "header", name, offset: null, ...texts, message }];
  });
}

/** Values by the name in lower case; all of one name together, in their order. */
function fieldsOf(response: Answer | null): ReadonlyMap<string, ByteString> {
  const fields = new Map<string, ByteString>();
  for (const [name, value] of response?.headers ?? []) {
    const key = name.toLowerCase();
    const before = fields.get(name.toLowerCase());
    fields.set(key, before === undefined ? value : latin1(`${before}, ${value}`));
  }
  return fields;
}

/** Of the bytes that were kept of both; else of the lengths. */
function bodyDifference(
  was: Answer | null,
  now: Answer | null,
  settled: (bytes: Uint8Array) => Uint8Array,
): Difference[] {
  const old = was?.body ?? new Uint8Array(0);
  const fresh = now?.body ?? new Uint8Array(0);
  const offset = firstDifference(settled(old), settled(fresh));
  const common = Math.min(old.length, fresh.length);
  const isWhole = (answer: Answer | null): boolean => (answer?.bytes ?? 0) === (answer?.body.length ?? 0);
  if (offset !== null && (offset < common || (isWhole(was) && isWhole(now)))) {
    const from = characterAt([old, fresh], offset);
    const data = { was: excerpt(old, from), now: excerpt(fresh, from) };
    const message = responseMessage("response-body", { offset, was: quoted(data.was), now: quoted(data.now) });
    return [{ part: "body", name: null, offset, ...data, message }];
  }
  const data = { was: String(was?.bytes ?? 0), now: String(now?.bytes ?? 0) };
  if (data.was === data.now) return [];
  return [{ part: "body", name: null, offset: common, ...data, message: responseMessage("response-length", data) }];
}

/** Of bodies without a difference: they are equally long. */
const uncomparedBytes = (was: Response, now: Response): number =>
  was === null || now === null ? 0 : was.body.bytes - Math.min(was.body.captured, now.body.captured);

/**
 * Offset of the first byte that differs; the length of the shorter one if it is the
 * beginning of the other; null: they are equal.
 */
export function firstDifference(one: Uint8Array, other: Uint8Array): number | null {
  const common = Math.min(one.length, other.length);
  for (let at = 0; at < common; at++) if (one[at] !== other[at]) return at;
  return one.length === other.length ? null : common;
}

const excerptBytes = 60;
const excerpt = (bytes: Uint8Array, from: number): string =>
  textOf(fromBytes(bytes, from, Math.min(bytes.length, characterAt([bytes], from + excerptBytes))));

/** Where the character of UTF-8 begins that has the byte at `offset` in one of them; before it they are the same. */
function characterAt(all: readonly Uint8Array[], offset: number): number {
  const isWithin = (at: number): boolean => all.some((bytes) => ((bytes[at] ?? 0) & 0xc0) === 0x80);
  let from = offset;
  while (from > 0 && offset - from < 3 && isWithin(from)) from--;
  return from;
}

/** Exact, whatever the bytes are. */
function textOf(bytes: ByteString): string;
function textOf(bytes: ByteString | null): string | null;
function textOf(bytes: ByteString | null): string | null {
  if (bytes === null) return null;
  const text = toBytesText(bytes);
  return typeof text === "string" ? text : escapeBytes(bytes);
}

/** What cannot be seen, or looks like a space, is an escape: it may be all that differs. */
const quoted = (text: string | null): string =>
  text === null ? "missing" : `“${text.replace(/[\p{C}\p{Z}]/gu, (sign) => (sign === " " ? sign : escaped(sign)))}”`;

const named: Readonly<Record<string, string>> = { "\r": "\\r", "\n": "\\n", "\t": "\\t" };
const escaped = (sign: string): string => named[sign] ?? `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
