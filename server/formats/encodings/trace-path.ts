// The path of a real character through a trace: the request's bytes, the environment, stdout and the charset it
// declares. A trace does not see inside the script: that step shows what the script's language does by default.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes, toBytes } from "../../protocol/byte-string.js";
import { percentDecode } from "../../protocol/percent.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import { type BodyEncoding, type BodyProblemKind, examineBody } from "./body-encoding.js";
import { decodeAs } from "./codecs.js";
import {
  byDefault,
  type EncodingStage,
  type EncodingStageId,
  type StageVerdict,
  stageTitles,
} from "./encoding-stage.js";
import { type Lookup, type TextLanguage, textHandling } from "./interpreter-text.js";
import { findMojibake } from "./mojibake.js";

export interface EncodingPathFacts {
  readonly query: ByteString;
  /** Its beginning; "" for a request without. */
  readonly requestBody: ByteString;
  readonly requestType: string;
  readonly language: TextLanguage;
  /** The name of the script's file, for a sentence. */
  readonly script: string;
  readonly variable: Lookup;
  /** Of the script's answer; "" when it said none. */
  readonly contentType: string;
  /** The beginning of what came after the header. */
  readonly page: Uint8Array;
  readonly isWhole: boolean;
}
export interface TraceEncodingPath {
  readonly steps: readonly EncodingStage[];
  /** The word that is followed, as it is on the screen and as it was meant; null when all is ASCII. */
  readonly word: { readonly shown: string; readonly meant: string } | null;
  /** null for an answer that is no text. */
  readonly page: BodyEncoding | null;
}

export function traceEncodingPath(facts: EncodingPathFacts): TraceEncodingPath {
  const page = examineBody(facts.contentType, facts.page, facts.isWhole);
  const candidates = sentWords(facts);
  const word = page === null ? null : shownWord(facts.page, page, candidates[0] ?? null);
  // What is broken is followed; another word of the request would explain nothing.
  const same = word?.isBroken ? candidates.find((candidate) => isSameWord(candidate.text, word.meant)) : undefined;
  const sent = word?.isBroken ? (same ?? null) : (candidates[0] ?? null);
  const steps: EncodingStage[] = sent === null ? [] : requestSteps(facts, sent, page);
  if (page === null || word === null) return { steps, word: null, page };
  const origin =
    word.isBroken && sent === null
      ? ` The request does not hold this word: ${facts.script}, or a file it read, does.`
      : "";
  steps.push(...pageSteps(page, word, origin));
  return { steps, word: { shown: word.shown, meant: word.meant }, page };
}

interface SentWord {
  readonly where: "query" | "body";
  /** As the request has it. */
  readonly raw: ByteString;
  readonly bytes: ByteString;
  readonly text: string;
  readonly isUtf8: boolean;
  readonly isForm: boolean;
  /** Put after a text that is only the word's beginning. */
  readonly ellipsis: "" | "…";
}

/** Words that are compared with the broken one. */
const maxSentWords = 200;
/** Bytes of a word that are followed. */
const maxWordBytes = 60;

/** At most so many bytes of a word, without the beginning of a character or of an escape at their end. */
function beginning(bytes: ByteString, count: number, partAtEnd: RegExp): ByteString {
  return bytes.length <= count ? bytes : byteString(bytes.slice(0, count).replace(partAtEnd, ""));
}
const partOfEscape = /%[0-9A-Fa-f]?$/;
/** The lead byte of UTF-8 whose other bytes are not all there. */
const partOfCharacter = /(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$/;

/** The words of the request that are not ASCII. */
function sentWords({ query, requestBody, requestType }: EncodingPathFacts): readonly SentWord[] {
  const isForm = requestType === "" || /^\s*application\/x-www-form-urlencoded/i.test(requestType);
  const from = (where: SentWord["where"], text: ByteString, decode: boolean): SentWord[] => {
    const found: SentWord[] = [];
    for (const raw of decode ? text.split(/[&=+]|%20/) : text.split(/[\s"<>]+/)) {
      const bytes = decode ? percentDecode(byteString(raw)).value : byteString(raw);
      if (!/[\x80-\xff]/.test(bytes)) continue;
      if (found.length >= maxSentWords) break;
      const isUtf8 = invalidUtf8(toBytes(bytes), 1).length === 0;
      const begun = isUtf8 ? beginning(bytes, maxWordBytes, partOfCharacter) : byteString(bytes.slice(0, maxWordBytes));
      const shown = beginning(byteString(raw), 2 * maxWordBytes, decode ? partOfEscape : partOfCharacter);
      found.push({
        where,
        raw: shown,
        bytes: begun,
        text: decodeAs(bytes, isUtf8 ? "utf-8" : "windows-1252").value ?? "",
        isUtf8,
        isForm: decode,
        ellipsis: shown.length < raw.length || begun.length < bytes.length ? "…" : "",
      });
    }
    return found;
  };
  return [...from("query", query, true), ...from("body", requestBody, isForm)];
}

/**
 * Whether one is the other, or a part of it. What is not ASCII may have been changed on the way, and may be lost; a
 * word that has little else is compared as it is.
 */
function isSameWord(sent: string, written: string): boolean {
  const a = asciiOf(sent);
  const b = asciiOf(written);
  if (Math.min(...[a, b].map((word) => word.replaceAll(notAscii, "").length)) < 2) return written.includes(sent);
  return a.includes(b) || b.includes(a);
}

const notAscii = "\x01";
const asciiOf = (text: string): string => text.toLowerCase().replace(/[^\0-\x7f]+/g, notAscii);

function requestSteps(facts: EncodingPathFacts, sent: SentWord, page: BodyEncoding | null): EncodingStage[] {
  const encoding = sent.isUtf8 ? "utf-8" : "windows-1252";
  const handling = textHandling(facts.language, facts.variable);
  // Ruby's CGI.unescape keeps what is not UTF-8.
  const byForm =
    sent.isForm && (["python", "node"].includes(facts.language) || (facts.language === "ruby" && sent.isUtf8));
  const stdin = sent.where === "query" ? handling.variables : handling.stdin;
  const codec = byForm ? "utf-8" : stdin.codec;
  const text = codec === "bytes" ? null : decodeAs(sent.bytes, codec, byForm ? "replace" : stdin.errors).value;
  const isLost =
    text?.includes("\ufffd") === true &&
    !sent.text.includes("\ufffd") &&
    page?.problems.some(({ kind }) => kind === "lost-before") === true;
  return [
    step("typed", "fine", { text: sent.text, why: "Characters, as they were typed or linked." }),
    step("sent", sent.isUtf8 ? "fine" : "assumed", {
      bytes: sent.bytes,
      text: sent.raw + sent.ellipsis,
      encoding,
      why: sent.isUtf8
        ? "The request's bytes are UTF-8."
        : "The request's bytes are no UTF-8: the form's page was in windows-1252 or Latin-1, or the client is no browser.",
    }),
    step("handed-over", "fine", {
      bytes: sent.raw,
      text: sent.raw + sent.ellipsis,
      why: `${sent.where === "query" ? "QUERY_STRING" : "stdin"} holds exactly this${sent.isForm ? ": the server decodes nothing" : ""}.`,
    }),
    step("read", isLost ? "breaks" : "assumed", {
      bytes: sent.bytes,
      text: text === null ? null : text + sent.ellipsis,
      encoding: codec === "bytes" ? null : codec,
      why: byForm
        ? `The usual form parser of this language decodes as UTF-8${isLost ? "; these bytes are not, so the character was lost here" : ""}. What this script did is not seen.`
        : `${handling.why} What this script did is not seen.`,
    }),
  ];
}

interface ShownWord {
  readonly bytes: ByteString;
  readonly shown: string;
  readonly meant: string;
  readonly isBroken: boolean;
}

/** The first word with a problem; else the one that came with the request; else the first that is not ASCII. */
function shownWord(body: Uint8Array, page: BodyEncoding, sent: SentWord | null): ShownWord | null {
  const place = page.problems.find(({ kind, ranges }) => breaking.has(kind) && ranges.length > 0)?.ranges[0]?.[0];
  const raw = fromBytes(body);
  const same = sent === null ? -1 : raw.indexOf(sent.bytes);
  const at =
    place ?? (same >= 0 ? same + Math.max(0, sent?.bytes.search(/[\x80-\xff]/) ?? 0) : raw.search(/[\x80-\xff]/));
  if (at < 0) return null;
  let from = at;
  let to = at;
  const isWord = (index: number): boolean =>
    index >= 0 && index < raw.length && /[^\s<>"(){}[\]=/&;,]/.test(raw.charAt(index));
  while (at - from < 24 && isWord(from - 1)) from--;
  while (to - at < 36 && isWord(to)) to++;
  while (from < at && (raw.charCodeAt(from) & 0xc0) === 0x80) from++;
  while (to < raw.length && to - at < 40 && (raw.charCodeAt(to) & 0xc0) === 0x80) to++;
  const bytes = byteString(raw.slice(from, Math.max(to, at + 1)));
  const shown = new TextDecoder(page.browser.encoding, { ignoreBOM: true }).decode(toBytes(bytes));
  return {
    bytes,
    shown: page.browser.encoding === "windows-1252" ? (decodeAs(bytes, "windows-1252").value ?? shown) : shown,
    meant: meantBy(bytes),
    isBroken: place !== undefined,
  };
}

/** UTF-8 where it is, windows-1252 where it is not, and what was encoded twice undone. */
function meantBy(bytes: ByteString): string {
  const raw = toBytes(bytes);
  let text = "";
  let at = 0;
  for (const [from, to] of [...invalidUtf8(raw), [raw.length, raw.length] as const]) {
    text +=
      (decodeAs(byteString(bytes.slice(at, from)), "utf-8").value ?? "") +
      (decodeAs(byteString(bytes.slice(from, to)), "windows-1252").value ?? "");
    at = to;
  }
  return findMojibake(text).repaired;
}

const breaking: ReadonlySet<BodyProblemKind> = new Set<BodyProblemKind>([
  "encoded-twice",
  "not-utf-8",
  "mixed",
  "surrogates",
  "cut-character",
  "lost-before",
  "utf-8-misread",
]);

const writtenWords: Partial<Record<BodyProblemKind, string>> = {
  "encoded-twice": "The bytes were UTF-8, were taken for Latin-1, and encoded once more.",
  "not-utf-8": "The bytes are no UTF-8; read as windows-1252 they make sense.",
  mixed: "Some of the page is UTF-8, and this is not.",
  surrogates: "A character was encoded in halves, which is no UTF-8.",
  "cut-character": "The last character's bytes are not all there.",
  "lost-before": "The bytes are those of “�” itself: the character had been lost before it was written.",
};

function pageSteps(page: BodyEncoding, word: ShownWord, origin: string): EncodingStage[] {
  const { browser, problems } = page;
  const has = (kind: BodyProblemKind): boolean => problems.some((problem) => problem.kind === kind);
  const atWriting = problems.find(({ kind }) => writtenWords[kind] !== undefined)?.kind ?? null;
  const isMisread = has("utf-8-misread") || has("unknown-charset");
  const isUtf8 = invalidUtf8(toBytes(word.bytes), 1).length === 0;
  const breaksAt: EncodingStageId | null = atWriting !== null ? "written" : isMisread ? "declared" : null;
  const contradicts = has("meta-contradicts")
    ? ` The page itself says ${browser.inPage?.name ?? "something else"}, which does not count.`
    : "";
  const says: Record<typeof browser.from, string> = {
    bom: "A byte order mark at the beginning says it, and wins over everything else.",
    header: `Content-Type says charset=${browser.header?.name ?? ""}${alias(browser.header?.name, browser.encoding)}.${contradicts}`,
    meta: `The page's <meta> says ${browser.inPage?.name ?? ""}.`,
    "xml-declaration": `The XML declaration says ${browser.inPage?.name ?? ""}.`,
    type: "This type is UTF-8 always.",
    default: byDefault(browser),
  };
  return [
    step("written", breaksAt === "written" ? "breaks" : "fine", {
      bytes: word.bytes,
      encoding: isUtf8 ? "utf-8" : "windows-1252",
      text: word.meant,
      why:
        (atWriting !== null
          ? (writtenWords[atWriting] ?? "")
          : `The bytes make sense as ${isUtf8 ? "UTF-8" : "windows-1252"}.`) + origin,
    }),
    step("declared", breaksAt === "declared" ? "breaks" : breaksAt === null ? "fine" : "carried", {
      encoding: browser.from === "default" ? null : browser.encoding,
      why: breaksAt === "declared" ? `${says[browser.from]} The bytes are UTF-8.` : says[browser.from],
    }),
    step("shown", breaksAt === null ? "fine" : "carried", {
      bytes: word.bytes,
      text: word.shown,
      encoding: browser.encoding,
      why: `The browser reads the bytes as ${browser.encoding}.`,
    }),
  ];
}

/** Browsers have fewer encodings than there are names. */
const alias = (name: string | undefined, encoding: string): string =>
  encoding === "windows-1252" && name !== encoding ? ", which browsers take for windows-1252" : "";

const step = (
  id: EncodingStageId,
  verdict: StageVerdict,
  parts: Partial<EncodingStage> & Pick<EncodingStage, "why">,
): EncodingStage => ({
  bytes: null,
  text: null,
  encoding: null,
  ...parts,
  id,
  verdict,
  title: stageTitles[id],
});
