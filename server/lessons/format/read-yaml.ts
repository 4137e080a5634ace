// YAML of a lesson, held against a schema. Every mistake has the line it stands in. A file is bounded before it is
// parsed, and may not repeat itself by aliases, so that it takes no more than milliseconds.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { terminalText } from "../../base/terminal-text.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { schemaMistakes } from "../../workspace/config/schema-mistakes.js";
import { lessonMistake } from "../messages.js";

export interface Mistake {
  /** In the folder of the lesson. */
  readonly path: string;
  readonly line: number | null;
  readonly why: Message;
}

export interface YamlText {
  readonly path: string;
  readonly text: string;
  /** Lines of the file before the text. */
  readonly above: number;
}

/** Nobody mends more at once. */
const maxMistakes = 20;

type Read<T> = { readonly value: T; readonly lineOf: LineOf } | null;
/** The line of what a path of keys leads to, or of the last that is there. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** Null: the mistakes are added to `mistakes`. */
export function readYaml<S extends z.ZodType>(schema: S, file: YamlText, mistakes: Mistake[]): Read<z.output<S>> {
  const { path, text, above } = file;
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line + above;
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error", prettyErrors: false });
  const [error] = document.errors;
  const refuse = (message: string, offset: number): null => {
    const systemText = terminalText(message).replace(/\n.*$/s, "");
    mistakes.push({ path, line: lineAt(offset), why: lessonMistake("lesson-not-yaml", { systemText }) });
    return null;
  };
  if (error !== undefined) return refuse(error.message, error.pos[0]);
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown; // an alias
    return refuse(thrown.message, 0);
  }
  const lineOf: LineOf = (keys) => lineAt(offsetOf(document, keys));
  const { data, error: wrong } = schema.safeParse(plain, { reportInput: true });
  if (wrong === undefined) return { value: data, lineOf };
  for (const issue of wrong.issues.flatMap(innermost).slice(0, maxMistakes))
    for (const { path: keys, mistake } of schemaMistakes(issue).slice(0, maxMistakes)) {
      const key = keys.map(String).join(".") || path;
      const why =
        issue.code === "unrecognized_keys"
          ? lessonMistake("lesson-key-unknown", { key })
          : lessonMistake("lesson-key", { key, why: wordsOf(mistake.text) });
      mistakes.push({ path, line: lineOf(keys), why });
    }
  return null;
}

type Issue = z.core.$ZodIssue;

/** Returns the issues of the alternative of a union that fits best: the one whose mistake lies deepest. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const unions = issue.errors.map((issues) => issues.flatMap(innermost));
  const [best = []] = unions.toSorted((one, other) => depth(other) - depth(one));
  if (depth(best) === 0 && !best.some(({ code }) => code === "unrecognized_keys")) return [issue];
  return best.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

/** Where the last of the keys is that is there: a key of a map, or an entry of a list. */
function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  for (let depth = keys.length; depth > 0; depth--) {
    const holder = document.getIn(keys.slice(0, depth - 1), true);
    const key = String(keys[depth - 1]);
    const pair = isMap(holder) ? holder.items.find(({ key: one }) => isScalar(one) && String(one.value) === key) : null;
    const found = isSeq(holder) ? holder.items[Number(key)] : pair?.key;
    if (isNode(found) && found.range) return found.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
