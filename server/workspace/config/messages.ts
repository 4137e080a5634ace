// Why cgi-workbench.json is not read or not written. Every mistake in it has the code "configuration".
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type File = { readonly path: string; readonly line: number | null };
type InLine = {
  readonly path: string;
  readonly line: number;
  /** "" is the whole file; null: the mistake lies in the syntax. */
  readonly setting: string | null;
  readonly mistake: Message;
};
type NotWritten = File & { readonly mistake: string | null };

/** By the JSON parser's codes. */
const syntaxWords: Readonly<Record<string, string>> = {
  CloseBraceExpected: "“}” is missing",
  CloseBracketExpected: "“]” is missing",
  ColonExpected: "“:” is missing behind the name",
  CommaExpected: "“,” is missing",
  EndOfFileExpected: "there is more text behind the end",
  PropertyNameExpected: "the name of a setting is missing",
  UnexpectedEndOfComment: "a comment has no end",
  UnexpectedEndOfString: "a string has no end",
  ValueExpected: "a value is missing",
};
/** "InvalidSymbol" → "invalid symbol". */
const lowerCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? "" : " "}${letter.toLowerCase()}`);

/** By JSON's and zod's names. */
const typeWords: Readonly<Record<string, string>> = {
  array: "a list, in [ ]",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object, in { }",
  record: "an object, in { }",
  string: "a text, in quotes",
};

/** "a, b or c" */
const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

type Bound = { readonly of: string };
/** Of a text or a list; null for a number. */
const counted = (of: string, count: number): string | null => {
  if (of === "string") return count === 1 ? "one character" : `${count} characters`;
  return of === "array" ? (count === 1 ? "one entry" : `${count} entries`) : null;
};

/** What is wrong with a setting, or with the syntax. */
export const mistakeMessage = defineMessages({
  "syntax-error": ({ parserCode }: { readonly parserCode: string }) => syntaxWords[parserCode] ?? lowerCase(parserCode),
  "nested-too-deep": "it is nested too deeply",
  /** The type has no name here if it is zod's own. */
  "wrong-type": ({ expected }: { readonly expected: string }) => `must be ${typeWords[expected] ?? expected}`,
  "setting-missing": "is missing",
  "too-small": ({ of, least }: Bound & { readonly least: number }) =>
    `must ${counted(of, least) === null ? `be at least ${least}` : `have at least ${counted(of, least)}`}`,
  "too-large": ({ of, most }: Bound & { readonly most: number }) =>
    `must ${counted(of, most) === null ? `be at most ${most}` : `have at most ${counted(of, most)}`}`,
  "not-one-of": ({ allowed }: { readonly allowed: readonly string[] }) => `must be ${oneOf(allowed)}`,
  /** Words of the schema itself. */
  "against-schema": ({ schemaText }: { readonly schemaText: string }) => schemaText,
  "unknown-setting": "there is no such setting",
  "module-not-loaded": ({ module, systemText }: { readonly module: string; readonly systemText: string }) =>
    `${module} cannot be loaded before the first request (${systemText})`,
  "unknown-rule": "the doctor has no rule with this name",
  "setting-repeated": "it is set twice in the same object; only one of them could apply",
  /** Of routes, extensions and scripts that are spelt in two ways. */
  "same-as": ({ other }: { readonly other: string }) => `it means the same as ${other}; only one of them could apply`,
  "connections-without-address": "it has no effect without an address",
  "script-path-outside": "it must be the script's path in the folder",
  "watched-outside": "it lies outside the folder, where the workbench does not notice changes",
  "connections-contradict": ({ other, connections }: { readonly other: string; readonly connections: number }) =>
    `${other} leads to the same application and sets ${connections}; the connections are shared, so set it in one of them only`,
});

export const configMessage = defineProblems({
  "mistake-in-line": {
    code: "configuration",
    message: ({ path, line, setting, mistake }: InLine) => {
      const place = setting === null ? "" : `${setting || "the whole file"}: `;
      return `${path}, line ${line}: ${place}${wordsOf(mistake.text)}.`;
    },
    fix: "Fix this line and save.",
  },
  "more-mistakes": {
    code: "configuration",
    message: ({ path, count }: File & { readonly count: number }) =>
      `${path} has ${count === 1 ? "one more mistake" : `${count} more mistakes`}.`,
    fix: "Fix the others first.",
  },
  "config-too-large": {
    code: "configuration",
    message: ({ path, maxBytes }: File & { readonly maxBytes: number }) =>
      `${path} is larger than ${maxBytes} bytes and was not read.`,
    fix: "Make it smaller.",
  },
  "config-not-utf-8": {
    code: "configuration",
    message: ({ path }: File) => `${path} is not valid UTF-8.`,
    fix: "Save it as UTF-8.",
  },
  "config-not-a-file": {
    code: "configuration",
    message: ({ path }: File) => `${path} is not a regular file.`,
    fix: "Replace it by a file, or remove it.",
  },
  "config-unreadable": {
    code: "configuration",
    message: ({ path, systemText }: File & { readonly systemText: string }) => `${path} cannot be read: ${systemText}.`,
    fix: "Check its permissions.",
  },
  "nothing-served": {
    code: "configuration",
    message: ({ path }: File) =>
      `${path} has not been valid since the folder was opened. What it protects is unknown, so every request gets 503.`,
    fix: "Fix its mistakes and save, or remove it to serve the folder without it.",
  },
  "routes-closed": {
    code: "configuration",
    message: ({ path }: File) =>
      `${path} has not been valid since the folder was opened. What its invalid routes protect is unknown, so every request below their paths gets 503.`,
    fix: "Fix its mistakes and save.",
  },
  // The mode of a script is to be written.
  "mode-not-written": {
    code: "configuration",
    message: ({ path }: NotWritten) => `${path} has a mistake. Nothing was written.`,
    fix: ({ mistake }: NotWritten) => mistake ?? "Fix it first.",
  },
  "mode-elsewhere": {
    code: "configuration",
    message: ({ path }: File) => `The configuration is ${path}, which the window does not change.`,
    fix: "Change the setting there, and start the server again.",
  },
  conflict: {
    message: ({ path }: Pick<File, "path">) => `Another program changed ${path} at the same moment.`,
    fix: "Try again.",
  },
  "not-text": {
    message: ({ path }: Pick<File, "path">) => `${path} is not a text file.`,
    fix: "Replace it by a text file, or remove it.",
  },
});
