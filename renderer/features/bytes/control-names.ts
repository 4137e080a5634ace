// Short names of characters that a font shows as nothing: control bytes (ISO 646, RFC 20 §4.1) and the invisible ones
// of Unicode (spaces, and what is ignored by default). They are drawn as small badges.
const c0 =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );

const invisible: Readonly<Record<number, readonly [string, string]>> = {
  160: ["NBSP", "no-break space"],
  173: ["SHY", "soft hyphen"],
  847: ["CGJ", "combining grapheme joiner"],
  1564: ["ALM", "Arabic letter mark"],
  5760: ["OGSP", "ogham space"],
  6158: ["MVS", "Mongolian vowel separator"],
  8192: ["NQSP", "en quad"],
  8193: ["MQSP", "em quad"],
  8194: ["ENSP", "en space"],
  8195: ["EMSP", "em space"],
  8196: ["3/EM", "three-per-em space"],
  8197: ["4/EM", "four-per-em space"],
  8198: ["6/EM", "six-per-em space"],
  8199: ["FSP", "figure space"],
  8200: ["PSP", "punctuation space"],
  8201: ["THSP", "thin space"],
  8202: ["HSP", "hair space"],
  8203: ["ZWSP", "zero-width space"],
  8204: ["ZWNJ", "zero-width non-joiner"],
  8205: ["ZWJ", "zero-width joiner"],
  8206: ["LRM", "left-to-right mark"],
  8207: ["RLM", "right-to-left mark"],
  8232: ["LS", "line separator"],
  8233: ["PS", "paragraph separator"],
  8234: ["LRE", "left-to-right embedding"],
  8235: ["RLE", "right-to-left embedding"],
  8236: ["PDF", "pop directional formatting"],
  8237: ["LRO", "left-to-right override"],
  8238: ["RLO", "right-to-left override"],
  8239: ["NNBSP", "narrow no-break space"],
  8287: ["MMSP", "mathematical space"],
  8288: ["WJ", "word joiner"],
  8289: ["FA", "function application"],
  8290: ["IT", "invisible times"],
  8291: ["IS", "invisible separator"],
  8292: ["IP", "invisible plus"],
  8294: ["LRI", "left-to-right isolate"],
  8295: ["RLI", "right-to-left isolate"],
  8296: ["FSI", "first strong isolate"],
  8297: ["PDI", "pop directional isolate"],
  10240: ["BRSP", "Braille blank"],
  12288: ["IDSP", "ideographic space"],
  65279: ["BOM", "byte order mark"],
  65529: ["IAA", "interlinear annotation anchor"],
  65530: ["IAS", "interlinear annotation separator"],
  65531: ["IAT", "interlinear annotation terminator"],
};

/** Fuller words for the control bytes that people meet most. */
const words: Readonly<Record<number, string>> = {
  0: "null byte",
  9: "tab",
  10: "line feed",
  13: "carriage return",
  27: "escape",
};

/** Unicode's Default_Ignorable_Code_Point below U+E0000, as far as they have no name above: first and last. */
const ignorable = [
  ...[0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2060, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f],
  ...[0xffa0, 0xffa0, 0xfff0, 0xfff8, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a],
];
const invisibleCodes = new Set(Object.keys(invisible).map(Number));
for (let at = 0; at < ignorable.length; at += 2)
  for (let code = ignorable[at] ?? 0; code <= (ignorable[at + 1] ?? 0); code++) invisibleCodes.add(code);

/** True for a character above U+009F that has a width of its own but no picture, or neither. */
export function isInvisible(code: number): boolean {
  return code >= 0xa0 && (invisibleCodes.has(code) || (code >= 0xe0000 && code <= 0xe0fff));
}

/** The name of a control or invisible character by its code, or null when it is neither. */
export function controlName(code: number): string | null {
  if (code < 0x20) return c0[code] ?? null;
  if (code === 0x7f) return "DEL";
  if (code >= 0xe0000 && code <= 0xe007f) return "TAG";
  const isNamed = (code >= 0x80 && code <= 0x9f) || isInvisible(code);
  return invisible[code]?.[0] ?? (isNamed ? code.toString(16) : null);
}

/** A badge's name in words, with its code: `carriage return, 0x0d`, `byte order mark, U+FEFF`. */
export function controlLabel(name: string): string {
  const byte = c0.indexOf(name);
  if (byte >= 0) return `${words[byte] ?? "control character"}, 0x${byte.toString(16).padStart(2, "0")}`;
  if (/^[\da-f]{4,}$/.test(name)) return `invisible character, U+${name.toUpperCase()}`;
  const [code, entry] = Object.entries(invisible).find(([, [short]]) => short === name) ?? [];
  return code === undefined || entry === undefined
    ? `control character ${name}`
    : `${entry[1]}, U+${Number(code).toString(16).toUpperCase().padStart(4, "0")}`;
}
