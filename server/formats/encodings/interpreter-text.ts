// How a language's interpreter turns bytes into text and back, in a given environment and unless the script says
// otherwise. Every sentence here was asked of the real interpreters;
// test/unit/formats/encodings/interpreters.test.ts asks them again.
import type { CodecName, ErrorHandling } from "./codecs.js";

export const textLanguages = ["python", "perl", "php", "shell", "ruby", "node", "tcl", "other"] as const;
export type TextLanguage = (typeof textLanguages)[number];

/** "bytes": the language hands bytes on and does not ask what they mean. */
export interface TextHandling {
  readonly language: TextLanguage;
  /** Environment variables and arguments. */
  readonly variables: { readonly codec: CodecName | "bytes"; readonly errors: ErrorHandling };
  readonly stdin: { readonly codec: CodecName | "bytes"; readonly errors: ErrorHandling };
  readonly stdout: { readonly codec: CodecName | "bytes"; readonly errors: ErrorHandling };
  /** One or two sentences: what decided. */
  readonly why: string;
}
/** An environment variable's value; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/**
 * `version`: [3, 11]; null when unknown, which means a current one. A locale that the system does not have counts as C:
 * the caller may know better than its name.
 */
export function textHandling(
  language: TextLanguage,
  variable: Lookup,
  version: readonly [number, number] | null = null,
): TextHandling {
  if (language === "python") return python(variable, version ?? [3, 12]);
  if (language === "perl") return perl(variable);
  if (language === "node")
    return same(
      language,
      "utf-8",
      "replace",
      "Node reads the environment as UTF-8, whatever the locale; what is not UTF-8 becomes U+FFFD. It writes UTF-8.",
    );
  if (language === "ruby") return ruby(variable);
  if (language === "tcl") {
    const codec = codecOfLocale(localeOf(variable)) ?? "latin-1";
    return same(
      language,
      codec === "ascii" ? "latin-1" : codec,
      "replace",
      `Tcl takes its encoding from the locale: ${saidLocale(variable)}.`,
    );
  }
  const why: Record<Exclude<TextLanguage, "python" | "perl" | "node" | "ruby" | "tcl">, string> = {
    php: "PHP's strings are bytes: they go through unchanged, and strlen counts bytes. By default PHP sends charset=UTF-8 in Content-Type.",
    shell: "The shell hands bytes on unchanged.",
    other: "Assumed to pass bytes on unchanged.",
  };
  return same(language, "bytes", "strict", why[language]);
}

function same(language: TextLanguage, codec: CodecName | "bytes", errors: ErrorHandling, why: string): TextHandling {
  const all = { codec, errors };
  return { language, variables: all, stdin: all, stdout: all, why };
}

const set = (value: string | undefined): string | null => (value === undefined || value === "" ? null : value);
/** What decides over characters: LC_ALL, else LC_CTYPE, else LANG. "C" when none is set. */
export const localeOf = (variable: Lookup): string =>
  set(variable("LC_ALL")) ?? set(variable("LC_CTYPE")) ?? set(variable("LANG")) ?? "C";

function saidLocale(variable: Lookup): string {
  const name = ["LC_ALL", "LC_CTYPE", "LANG"].find((candidate) => set(variable(candidate)) !== null);
  return name === undefined ? "none is set, so it is C" : `${name} is ${variable(name)}`;
}

/** null: an encoding that is not followed here. */
function codecOfLocale(locale: string): CodecName | null {
  if (locale === "C" || locale === "POSIX") return "ascii";
  const charset = /\.([^@]+)/.exec(locale)?.[1]?.toLowerCase().replace(/[-_]/g, "");
  if (charset === undefined) return "latin-1"; // de_DE alone is ISO-8859-1 with the C library
  return codecOfName(charset);
}

function codecOfName(name: string): CodecName | null {
  const plain = name.toLowerCase().replace(/[-_ ]/g, "");
  if (["utf8", "u8", "utf", "cp65001"].includes(plain)) return "utf-8";
  if (["iso88591", "latin1", "l1", "88591"].includes(plain)) return "latin-1";
  if (["cp1252", "windows1252", "1252"].includes(plain)) return "windows-1252";
  return ["ascii", "usascii", "ansix3.41968", "646"].includes(plain) ? "ascii" : null;
}

const handlings: readonly ErrorHandling[] = [
  "strict",
  "surrogateescape",
  "replace",
  "ignore",
  "backslashreplace",
  "xmlcharrefreplace",
];

/**
 * PEP 538 (the C locale is coerced), PEP 540 (UTF-8 mode), PEP 383 (surrogateescape),
 * PEP 686 (UTF-8 mode always, from 3.15 on).
 */
function python(variable: Lookup, [major, minor]: readonly [number, number]): TextHandling {
  const locale = localeOf(variable);
  const isC = locale === "C" || locale === "POSIX";
  const isNew = major > 3 || (major === 3 && minor >= 7);
  const mode = variable("PYTHONUTF8");
  const isUtf8Mode = isNew && (mode === "1" || (mode !== "0" && (isC || major > 3 || minor >= 15)));
  const isCoerced = isNew && isC && set(variable("LC_ALL")) === null && variable("PYTHONCOERCECLOCALE") !== "0";
  const base: CodecName = isUtf8Mode || isCoerced ? "utf-8" : (codecOfLocale(locale) ?? "utf-8");
  const isLenient = isC || isUtf8Mode || /^C\.utf-?8$/i.test(locale);
  const [encoding = "", wish = ""] = (variable("PYTHONIOENCODING") ?? "").split(":");
  const codec = encoding === "" ? base : (codecOfName(encoding) ?? "utf-8");
  const errors =
    handlings.find((name) => name === wish) ?? (encoding !== "" || !isLenient ? "strict" : "surrogateescape");
  const because =
    encoding !== ""
      ? `PYTHONIOENCODING is ${variable("PYTHONIOENCODING")}`
      : isUtf8Mode
        ? mode === "1"
          ? "PYTHONUTF8 is 1"
          : `Python is in UTF-8 mode (${saidLocale(variable)})`
        : isCoerced
          ? "Python takes the C locale for C.UTF-8"
          : saidLocale(variable);
  const shown = `Python reads stdin and writes stdout as ${codec}, because ${because}. Bytes of the environment that do not fit are kept as lone surrogates (surrogateescape).`;
  return {
    language: "python",
    variables: { codec: base, errors: "surrogateescape" },
    stdin: { codec, errors },
    stdout: { codec, errors },
    why:
      errors === "strict"
        ? `${shown} A character that ${codec} does not have ends the script with UnicodeEncodeError.`
        : shown,
  };
}

/** perlunicode, perlrun -C: bytes become characters of the same number, and characters below 256 become that byte. */
function perl(variable: Lookup): TextHandling {
  const flags = variable("PERL_UNICODE");
  const wants = (letter: string): boolean =>
    flags !== undefined && (flags === "" || flags.includes(letter) || (letter !== "A" && flags.includes("S")));
  const layer = (letter: string): TextHandling["stdin"] =>
    wants(letter) ? { codec: "utf-8", errors: "replace" } : { codec: "latin-1", errors: "strict" };
  return {
    language: "perl",
    variables: { codec: "latin-1", errors: "strict" },
    stdin: layer("I"),
    stdout: layer("O"),
    why: `Perl takes each byte for one character until it is told to decode, and writes characters below 256 as one byte${wants("O") ? "; PERL_UNICODE asks for UTF-8 on the standard streams" : ""}. Decode what comes in (decode("UTF-8", …)) and encode what goes out (binmode STDOUT, ":encoding(UTF-8)"): one alone encodes twice or not at all.`,
  };
}

function ruby(variable: Lookup): TextHandling {
  const codec = codecOfLocale(localeOf(variable)) ?? "utf-8";
  return {
    ...same(
      "ruby",
      "bytes",
      "strict",
      `Ruby marks what it reads with the locale's encoding (${codec}; ${saidLocale(variable)}) and writes the bytes unchanged.`,
    ),
  };
}

const names: readonly (readonly [RegExp, TextLanguage])[] = [
  [/^python[\d.]*$|^pypy/, "python"],
  [/^perl[\d.]*$/, "perl"],
  [/^php/, "php"],
  [/^(?:ba|da|z|k)?sh$/, "shell"],
  [/^ruby/, "ruby"],
  [/^node|^nodejs/, "node"],
  [/^tclsh/, "tcl"],
];
const extensions: Readonly<Record<string, TextLanguage>> = {
  py: "python",
  pl: "perl",
  php: "php",
  sh: "shell",
  rb: "ruby",
  mjs: "node",
  js: "node",
  tcl: "tcl",
};

/** From the interpreter's path or, without one, the script's name. */
export function languageOf(interpreter: string | null, file: string): TextLanguage {
  const program = interpreter?.slice(interpreter.lastIndexOf("/") + 1) ?? "";
  const named = names.find(([pattern]) => pattern.test(program))?.[1];
  return named ?? extensions[/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ""] ?? "other";
}
