// Text that was decoded with the wrong encoding: "Ã¼" where "ü" was meant. The bytes of a UTF-8 character, read as
// windows-1252 or Latin-1, are a capital letter with an accent and then symbols, or controls: words are hardly ever
// written so. What is written so (a capital before a closing quote, "é »" in French) is known here and let be.
import { byteString, toBytes } from "../../protocol/byte-string.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import { byteOfCharacter } from "./codecs.js";

/** Characters `[from, to)` of the text (UTF-16 units) that were `repaired` once. */
interface Garbled {
  readonly from: number;
  readonly to: number;
  readonly repaired: string;
}
export interface Mojibake {
  /** In order, not overlapping; empty when the text is as it should be. */
  readonly garbled: readonly Garbled[];
  /** The whole text with every garbled place repaired, as often as that helps. */
  readonly repaired: string;
  /** How often the text was decoded wrongly: 1 for "Ã¼", 2 for "ÃƒÂ¼"; 0 when it was not. */
  readonly layers: number;
  /** Characters beyond ASCII that are as they should be. */
  readonly sound: number;
}

/** Accidents do not produce more layers than this. */
const maxLayers = 4;
/** After so many places in a row the rest is left as it is. */
const maxPlaces = 4000;

/** `certain`: the caller knows that the bytes are UTF-8 read as something else, so that doubtful places count too. */
export function findMojibake(text: string, certain = false): Mojibake {
  const garbled = garbledPlaces(text, certain);
  const beyond = countBeyondAscii(text);
  if (garbled.length === 0) return { garbled, repaired: text, layers: 0, sound: beyond };
  let repaired = withRepairs(text, garbled);
  let layers = 1;
  for (; layers < maxLayers; layers++) {
    const again = garbledPlaces(repaired, false);
    if (again.length === 0) break;
    repaired = withRepairs(repaired, again);
  }
  return { garbled, repaired, layers, sound: beyond - garbled.reduce((sum, { from, to }) => sum + to - from, 0) };
}

interface Candidate extends Garbled {
  /** What it would be repaired to is something that people write. */
  readonly isPlausible: boolean;
  readonly isSure: boolean;
  /** Doubtful alone ("Ã" and a no-break space), believed beside others. */
  readonly isLikely: boolean;
}

function garbledPlaces(text: string, certain: boolean): Garbled[] {
  const candidates: Candidate[] = [];
  const beyondAscii = /[\u00c2-\u00f4]/g; // every lead byte of UTF-8 stands for itself in both encodings
  for (
    let match = beyondAscii.exec(text);
    match !== null && candidates.length < maxPlaces;
    match = beyondAscii.exec(text)
  ) {
    const candidate = candidateAt(text, match.index);
    if (candidate === null) continue;
    candidates.push(candidate);
    beyondAscii.lastIndex = candidate.to;
  }
  if (certain) return candidates;
  const strong = new Set(
    candidates.filter((candidate, index) => isConvincing(candidate, candidates[index - 1], candidates[index + 1])),
  );
  if (strong.size === 0) return [];
  // Where everything beyond ASCII would be repaired, doubtful places are none.
  const covered = candidates.reduce((sum, { from, to }) => sum + to - from, 0);
  return covered === countBeyondAscii(text)
    ? candidates
    : candidates.filter((candidate) => strong.has(candidate) || candidate.isLikely);
}

/** Sure by itself, or beside another one that is likely too: the letters of a word in Cyrillic. */
function isConvincing(candidate: Candidate, before: Candidate | undefined, after: Candidate | undefined): boolean {
  if (candidate.isSure) return true;
  const beside = [before?.to === candidate.from ? before : undefined, after?.from === candidate.to ? after : undefined];
  return candidate.isPlausible && beside.some((neighbour) => neighbour?.isPlausible === true);
}

function candidateAt(text: string, from: number): Candidate | null {
  const lead = text.charCodeAt(from);
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  let bytes = String.fromCharCode(lead);
  for (let at = from + 1; at < from + length; at++) {
    const byte = at < text.length ? byteOfCharacter(text.charAt(at)) : null;
    if (byte === null || byte < 0x80 || byte > 0xbf) return null;
    bytes += String.fromCharCode(byte);
  }
  const raw = toBytes(byteString(bytes));
  if (invalidUtf8(raw, 1).length > 0) return null;
  const repaired = utf8Decoder.decode(raw);
  const to = from + length;
  const code = repaired.codePointAt(0) ?? 0;
  const plausibleHere = isPlausible(code);
  return {
    from,
    to,
    repaired,
    isPlausible: plausibleHere,
    isSure: plausibleHere && isSure(text, from, to, code),
    isLikely: plausibleHere && code < 0x800,
  };
}

const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Blocks that people write in. A capital and a closing quote make a letter of some other block. */
const plausible: readonly (readonly [number, number])[] = [
  [0x80, 0x17f],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x490, 0x491],
  [0x5d0, 0x5ea],
  [0x621, 0x64a],
  [0x900, 0xe7f],
  [0x1e00, 0x1eff],
  [0x2010, 0x203a],
  [0x20a0, 0x20bf],
  [0x2100, 0x22ff],
  [0x2500, 0x27bf],
  [0x3000, 0x30ff],
  [0x3400, 0x9fff],
  [0xac00, 0xd7a3],
  [0xfeff, 0xffef],
  [0x1f000, 0x1faff],
];
const isPlausible = (code: number): boolean => plausible.some(([from, to]) => code >= from && code <= to);

/** What may follow a capital letter in print: closing quotes, dashes, an ellipsis, a no-break space. */
const closing = /^[\u00a0\u00ab\u00bb‘’‚“”„‹›…–—•·]/;
const controls = /[\u0080-\u009f]/;

function isSure(text: string, from: number, to: number, code: number): boolean {
  if (controls.test(text.slice(from + 1, to))) return true; // no text has these
  // Of three bytes and more: punctuation, currencies and emoji begin as no word does; the
  // scripts of Asia need a second one beside.
  if (code >= 0x1f000 || (code >= 0x2010 && code <= 0x27bf) || code === 0xfeff) return true;
  if (code >= 0x800) return false;
  if (!closing.test(text.charAt(from + 1)))
    return code < 0x100 || /[†‡ˆ‰ŠŒŽšœžŸ˜ƒ¤¥¦¨¬¯´µ¶¸¼½¾¿¡§±£¢]/.test(text.charAt(from + 1));
  return /\p{L}/u.test(text.charAt(to)) && !/\p{Lu}/u.test(text.charAt(from - 1));
}

function withRepairs(text: string, garbled: readonly Garbled[]): string {
  let out = "";
  let at = 0;
  for (const { from, to, repaired } of garbled) {
    out += text.slice(at, from) + repaired;
    at = to;
  }
  return out + text.slice(at);
}

function countBeyondAscii(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) count++;
  return count;
}
