// Every way in which bytes can be read as text: the Encoding Standard's encodings, with whose text they are for.

const unicode = ["utf-8", "utf-16le", "utf-16be"] as const;
const western = ["windows-1252", "iso-8859-15", "macintosh"] as const;
const groups = {
  Unicode: unicode,
  Western: western,
  "Central European": ["windows-1250", "iso-8859-2"],
  Romanian: ["iso-8859-16"],
  "South European": ["iso-8859-3"],
  Baltic: ["windows-1257", "iso-8859-13", "iso-8859-4"],
  Nordic: ["iso-8859-10"],
  Celtic: ["iso-8859-14"],
  Cyrillic: ["windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"],
  Greek: ["windows-1253", "iso-8859-7"],
  Turkish: ["windows-1254"],
  Hebrew: ["windows-1255", "iso-8859-8", "iso-8859-8-i"],
  Arabic: ["windows-1256", "iso-8859-6"],
  Vietnamese: ["windows-1258"],
  Thai: ["windows-874"],
  Japanese: ["shift_jis", "euc-jp", "iso-2022-jp"],
  Chinese: ["gb18030", "gbk", "big5"],
  Korean: ["euc-kr"],
} as const;

export type Charset = (typeof groups)[keyof typeof groups][number];

export interface CharsetOf<Name extends string = Charset> {
  /** Lower-case, as the Encoding Standard names it. */
  readonly name: Name;
  /** Whose text it is for. */
  readonly of: string;
}

export const charsets: readonly CharsetOf[] = Object.entries(groups).flatMap(([of, names]) =>
  names.map((name) => ({ name, of })),
);

/**
 * What a file's text is read and saved as. "iso-8859-1" is ISO 8859-1 itself here, not the Encoding Standard's
 * windows-1252: a file of it keeps within the characters that every reader of ISO 8859-1 knows.
 */
export const fileEncodings = [
  ...unicode,
  "iso-8859-1",
  ...western,
  ...charsets
    .map(({ name }) => name)
    .filter((name) => ![...unicode, ...western, "iso-8859-16", "iso-8859-8-i"].includes(name)),
] as const;
export type FileEncoding = (typeof fileEncodings)[number];

/**
 * Encodings in which nearly any bytes are text: a valid UTF-8 sequence in them is a coincidence that does not occur.
 */
export const isWestern = (encoding: FileEncoding): boolean =>
  encoding === "iso-8859-1" || encoding === "iso-8859-15" || encoding === "windows-1252";

/** Text in them can be read and not written: what a byte means depends on the bytes of earlier lines. */
export const isReadOnlyEncoding = (encoding: FileEncoding): boolean => encoding === "iso-2022-jp";

/** The name as people write it: "UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS". */
export function encodingTitle(encoding: FileEncoding | "mixed"): string {
  if (encoding === "mixed") return encoding;
  if (encoding === "utf-16le" || encoding === "utf-16be") return `UTF-16 ${encoding.slice(-2).toUpperCase()}`;
  if (encoding === "shift_jis") return "Shift_JIS";
  if (encoding === "big5" || encoding === "macintosh") return `${encoding[0]?.toUpperCase()}${encoding.slice(1)}`;
  return encoding.startsWith("windows") || encoding.startsWith("x-") ? encoding : encoding.toUpperCase();
}
