// What one file's bytes are encoded in, what the file declares, and whether the two agree. Pure.
import { isAscii } from "node:buffer";
import type { FileEncoding } from "../../contract/charsets.js";
import type {
  Declaration,
  DetectedEncoding,
  EncodedFileRow,
  LinePart,
  Verdict,
} from "../../contract/encodings-contract.js";
import { spacedHex } from "../../protocol/hex.js";
import { decisive, findDeclarations } from "../files/declarations.js";
import { decodeLines, detectEncoding, hasMark } from "../files/text-encoding.js";
import { mixesUtf8, nextSequence } from "../files/utf8-sequences.js";

/** Null: the bytes are no text. */
export function examineFile(path: string, bytes: Uint8Array): EncodedFileRow | null {
  const encoding = detectEncoding(bytes);
  if (encoding === null) return null;
  const detected = detectedOf(bytes, encoding);
  const bom = hasMark(bytes, encoding);
  const isWide = encoding === "utf-16le" || encoding === "utf-16be";
  // ASCII is the same in what remains, and only ASCII matters here.
  const { texts } = decodeLines(bytes, isWide ? encoding : "iso-8859-1");
  const declarations = decisive(findDeclarations(texts)).toSorted((a, b) => rank(a) - rank(b));
  const wrong = declarations.find((declared) => !agrees(detected, declared)) ?? null;
  const declared = wrong ?? declarations[0] ?? null;
  const verdict = verdictOf(detected, bom, declared, wrong !== null);
  return {
    path,
    detected,
    bom,
    declared: declared && {
      charset: declared.charset,
      encoding: declared.encoding,
      by: declared.by,
      line: declared.line,
    },
    first: isWide ? null : firstLine(bytes),
    verdict,
    convertible: isConvertible(detected, bom, verdict),
  };
}

function detectedOf(bytes: Uint8Array, encoding: FileEncoding): DetectedEncoding {
  if (encoding === "utf-8" && isAscii(bytes)) return "ascii";
  return mixesUtf8(bytes, encoding) ? "mixed" : encoding;
}

/** What is shown first: browsers take a header's charset, whatever a meta element says. */
const rank = ({ by }: Declaration): number => (by === "meta" ? 1 : 0);

/** A declared ISO-8859-1 is read as windows-1252 by every browser. */
const family = (encoding: FileEncoding): FileEncoding => (encoding === "iso-8859-1" ? "windows-1252" : encoding);

function agrees(detected: DetectedEncoding, { encoding }: Declaration): boolean {
  if (detected === "mixed") return false;
  if (detected === "ascii") return encoding !== "utf-16le" && encoding !== "utf-16be";
  return family(encoding) === family(detected);
}

function verdictOf(
  detected: DetectedEncoding,
  bom: boolean,
  declared: Declaration | null,
  isContradicted: boolean,
): Verdict {
  if (detected === "mixed") return "mixed";
  if (isContradicted) return "contradicts";
  if (bom) return "bom";
  return declared === null && detected !== "ascii" ? "undeclared" : "agrees";
}

function isConvertible(detected: DetectedEncoding, bom: boolean, verdict: Verdict): boolean {
  if (detected === "mixed") return false;
  return bom || verdict === "contradicts" || (detected !== "ascii" && detected !== "utf-8");
}

/** Characters shown before the first byte that is not ASCII, and bytes from there on. */
const before = 24;
const after = 44;

/** The line of the first byte above 0x7F, cut around it. */
function firstLine(bytes: Uint8Array): EncodedFileRow["first"] {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  if (at === -1) return null;
  let start = at;
  while (start > 0 && at - start < before && !isLineEnd(bytes[start - 1])) start--;
  let end = at;
  while (end < bytes.length && end - at < after && !isLineEnd(bytes[end])) end++;
  const parts = partsOf(bytes.subarray(start, end), bytes.subarray(start, end + 3));
  const isCut = start > 0 && !isLineEnd(bytes[start - 1]);
  return { line: lineOf(bytes, at), parts: isCut ? [{ kind: "text", text: "…" }, ...parts] : parts };
}

const isLineEnd = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

/** From 1; CR LF, LF or CR ends a line. */
function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let index = 0; index < at; index++)
    if (bytes[index] === 0x0a || (bytes[index] === 0x0d && bytes[index + 1] !== 0x0a)) line++;
  return line;
}

/** `whole`: with what follows a cut, so that a character at the cut is not taken for other bytes. */
function partsOf(line: Uint8Array, whole: Uint8Array): LinePart[] {
  const parts: LinePart[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
  };
  for (let at = 0; at < line.length; ) {
    const byte = line[at] ?? 0;
    if (byte < 0x80) {
      text += byte === 0x09 ? " " : byte < 0x20 || byte === 0x7f ? "·" : String.fromCharCode(byte);
      at++;
      continue;
    }
    flush();
    const length = nextSequence(whole, at);
    parts.push({ kind: "bytes", hex: spacedHex(whole.subarray(at, at + Math.max(1, length))), utf8: length > 0 });
    at += Math.max(1, length);
  }
  flush();
  return parts;
}
