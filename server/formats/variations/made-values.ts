// Values that are made of one text, each set to find a kind of fault. The first value is harmless: the others'
// responses are compared with that one's.
import type { ByteString } from "../../contract/bytes-text.js";
import type { ExpectationName, MadeName } from "../../contract/variations-contract.js";
import { latin1, utf8 } from "../../protocol/byte-string.js";
import { percentEncode } from "../../protocol/percent.js";
import { encodeCharacter } from "../encode-character.js";
import type { ValueSeries, VariedValue } from "./varied-value.js";

export const listed = (values: readonly VariedValue[]): ValueSeries => ({
  count: values.length,
  at: (index) => values[index] ?? value("", utf8("")),
});

interface Made {
  readonly values: (text: string) => ValueSeries;
  /** What the text is where none is given. */
  readonly usual: string;
  /** What each response needs beside none of the usual mistakes. */
  readonly expects: readonly ExpectationName[];
}

export const made: Readonly<Record<MadeName, Made>> = {
  injection: { values: injection, usual: "x", expects: ["escaped"] },
  encodings: { values: encodings, usual: "Jürgen €", expects: [] },
  spellings: { values: spellings, usual: "a b+c&d é", expects: ["same"] },
  "line-ends": { values: lineEnds, usual: "first\nsecond\n", expects: [] },
  characters: { values: characters, usual: "ab", expects: [] },
  fields: { values: fields, usual: "x", expects: [] },
  "odd-numbers": { values: numbers, usual: "7", expects: [] },
};

const value = (label: string, ...bytes: readonly ByteString[]): VariedValue => ({ label, bytes });

/** The sum stands in no value: what shows it has run one. */
const sum = /11214/;
const account = /root:[^:\n]*:0:0:/;
const databaseError =
  /SQL syntax|SQLSTATE|syntax error at or near|near &?[^ ]{0,8}: syntax error|unrecognized token|unterminated quoted string|OperationalError|ORA-\d{5}/i;

function injection(text: string): ValueSeries {
  const runs = ["; expr 7193 + 4021", "| expr 7193 + 4021", "$(expr 7193 + 4021)", "`expr 7193 + 4021`"];
  const quoted = ["'; expr 7193 + 4021; '", '"; expr 7193 + 4021; "', "\nexpr 7193 + 4021\n"];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: template engines read them.
  const templates = ["${7193+4021}", "{{7193+4021}}", "<%= 7193+4021 %>"];
  const up = "../".repeat(10);
  const paths = [`${up}etc/passwd`, `${"....//".repeat(10)}etc/passwd`, "/etc/passwd", `${up}etc/passwd\0.txt`];
  const of = (texts: readonly string[], reveals: RegExp): VariedValue[] =>
    texts.map((one) => ({ label: one, bytes: [utf8(one)], reveals }));
  const after = (texts: readonly string[]): string[] => texts.map((one) => text + one);
  const yes = `${text}' OR 'a'='a`;
  const no = `${text}' OR 'a'='b`;
  return listed([
    value(text, utf8(text)),
    ...of(after([...runs, ...quoted, ...templates]), sum),
    ...after([`"'><svg onload=probe()>`, `" onfocus="probe()`, "' onfocus='probe()"]).map((one) =>
      value(one, utf8(one)),
    ),
    ...of(after(["'", '"', "')"]), databaseError),
    value(yes, utf8(yes)),
    { ...value(no, utf8(no)), isTwin: true },
    ...of(paths, account),
    value("--option-of-a-probe", utf8("--option-of-a-probe")),
    ...of([`${text}\r\nX-Injected: yes`], /^(?:[^\n]+\n)*x-injected:/i),
  ]);
}

function encodings(text: string): ValueSeries {
  const one = utf8(text);
  const in8 = (charset: string): ByteString =>
    latin1([...text].map((sign) => String.fromCharCode(...(encodeCharacter(sign, charset) ?? [0x3f]))).join(""));
  // Behind the first byte of the first character that has several.
  const middle = Math.max(one.search(/[\x80-\xff]/) + 1, 1);
  const slash = latin1(`${one}\xc0\xaf`);
  // What is lost, or doubled, was so before it came.
  const excused = ["text-lost-before", "encoded-twice"];
  const odd = [
    value("windows-1252 (ISO-8859-1)", in8("windows-1252")),
    value("ISO-8859-15", in8("iso-8859-15")),
    value("UTF-8, encoded twice", utf8(one)),
    value("UTF-8, cut in a character", latin1(one.slice(0, middle))),
    value("UTF-8, “/” overlong", slash),
    value("UTF-16", latin1(`\xff\xfe${in8("utf-16le")}`)),
    value("no characters at all", latin1("\xff\xfe\xfd")),
  ];
  const all = [
    value("UTF-8", one),
    value("UTF-8, decomposed", utf8(text.normalize("NFD"))),
    value("UTF-8 with a byte order mark", latin1(`\xef\xbb\xbf${one}`)),
    ...odd.map((each) => ({ ...each, excused })),
  ];
  // A text may be the same in two of them.
  return listed(all.filter(({ bytes }, index) => all.findIndex((other) => other.bytes[0] === bytes[0]) === index));
}

function spellings(text: string): ValueSeries {
  const bytes = utf8(text);
  const spelled = (label: string, written: string): VariedValue => ({
    ...value(label, latin1(written)),
    isSpelled: true,
  });
  const usual = bytes.replace(/[^\w.~-]/g, percentEncode);
  return listed([
    spelled("spaces as %20", usual),
    spelled("spaces as +", usual.replaceAll("%20", "+")),
    spelled("lower-case digits", lowerHex(usual)),
    spelled("every byte encoded", bytes.replace(/[\0-\xff]/g, percentEncode)),
  ]);
}

const lowerHex = (text: string): string => text.replace(/%[\dA-F]{2}/g, (written) => written.toLowerCase());

function lineEnds(text: string): ValueSeries {
  const lines = text.replace(/\r\n?/g, "\n");
  const ended = (end: string): ByteString => utf8(lines.replaceAll("\n", end));
  return listed([
    value("LF", ended("\n")),
    value("CR LF", ended("\r\n")),
    value("CR", ended("\r")),
    value("no last line end", utf8(lines.replace(/\n+$/, ""))),
    value("blank lines", ended("\n\n")),
    value("U+2028", ended("\u2028")),
  ]);
}

const characterSigns = [..."'\"<>&;|`$\\%+#\0\n\r\té😀"];

/** The text, then each sign at each position between its characters. */
function characters(text: string): ValueSeries {
  const all = [...text];
  const places = all.length + 1;
  const changed = (index: number): string => {
    const at = index % places;
    return [...all.slice(0, at), characterSigns[Math.floor(index / places)], ...all.slice(at)].join("");
  };
  const at = (index: number): VariedValue => {
    const one = index === 0 ? text : changed(index - 1);
    return value(one, utf8(one));
  };
  return { count: 1 + characterSigns.length * places, at };
}

function fields(text: string): ValueSeries {
  const one = utf8(text);
  return listed([
    value("once", one),
    value("left out"),
    value("empty", utf8("")),
    value("twice", one, one),
    value("twice, the first empty", utf8(""), one),
    { ...value("with [] behind the name of a field", one), isList: true },
    value("a hundred times", ...Array.from({ length: 100 }, () => one)),
  ]);
}

const oddNumbers = [
  ..."0 -1 +1 007 1.5 1e3 0x10 NaN Infinity 1,5 ١".split(" "),
  ..."255 256 32767 32768 65535 65536 2147483647 2147483648 4294967296".split(" "),
  ..."9223372036854775807 9223372036854775808 1e999".split(" "),
  ..."|-| 7|7 |seven".split("|"), // the first is empty
];

function numbers(text: string): ValueSeries {
  return listed([text || "7", ...oddNumbers].map((number) => value(number || "(empty)", utf8(number))));
}
