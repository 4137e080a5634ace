// A script's text without its comments, here documents and the words of its strings: what remains is code, and the
// variables that a string holds. Every character keeps its place. A file is read once, from its first to its last one.
import type { Grammar, StringForm } from "./grammar.js";

/** Stands for each character of a string, a comment or a page. */
export const hidden = "\u0001";

export interface Masked {
  readonly code: string;
  /** 1: within a string. */
  readonly quoted: Uint8Array;
}

interface Context {
  /** What ends it; "" ends with the text. */
  readonly close: string;
  /** Null: code. */
  readonly form: StringForm | null;
  depth: number;
}

/** So far is looked for the end of a here document. */
const maxHeredoc = 4000;

const openers: Readonly<Record<string, string>> = { "}": "{", ")": "(", "]": "[" };

/** Where a text stands at `from` or behind; else the end. */
export const indexOr = (text: string, what: string, from: number): number => {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
};

export function mask(text: string, grammar: Grammar): Masked {
  const out = text.split("");
  const quoted = new Uint8Array(text.length);
  const lastLines = new Map<string, number>();
  if (grammar.heredoc) {
    let start = 0;
    for (const line of text.split("\n")) {
      lastLines.set(line.trim(), start);
      start += line.length + 1;
    }
  }
  let at = 0;
  const hide = (from: number, to: number): void => {
    for (let at = from; at < to; at++) if (out[at] !== "\n") out[at] = hidden;
  };
  const hideTo = (end: number): void => {
    hide(at, end);
    at = end;
  };
  const until = (end: string, from: number): number => Math.min(text.length, indexOr(text, end, from) + end.length);
  /** Where a page's next code begins. */
  const codeFrom = (from: number): number => {
    const begin = until("<?", from);
    return text.startsWith("php", begin) ? begin + "php".length : begin;
  };
  const matches = (form: RegExp, at: number): RegExpExecArray | null => {
    form.lastIndex = at;
    return form.exec(text);
  };
  const stack: Context[] = [{ close: "", form: null, depth: 0 }];
  let heredocs: string[] = [];
  let read: Context | null = null;
  if (grammar.page) hideTo(codeFrom(0));
  while (at < text.length) {
    const top = stack[stack.length - 1];
    if (top === undefined) break;
    const char = text[at] ?? "";
    if (top.form) {
      quoted[at] = 1;
      if (text.startsWith(top.close, at)) {
        at += top.close.length;
        stack.pop();
      } else if (char === "\n") {
        if (!top.form.multiline) stack.pop();
        at++;
      } else if (char === "\\" && top.form.escapes) {
        hideTo(Math.min(text.length, at + 2));
      } else {
        const enters = top.form.enters?.find(([open]) => text.startsWith(open, at));
        const name = enters ? null : top.form.names && matches(top.form.names, at);
        if (enters && enters[0] + enters[0] !== text.slice(at, at + 2)) {
          stack.push({ close: enters[1], form: null, depth: 0 });
          at += enters[0].length;
        } else if (name) {
          quoted.fill(1, at, at + name[0].length);
          at += name[0].length;
        } else {
          hideTo(at + 1);
        }
      }
      continue;
    }
    if (char === "\n") {
      if (read) stack.push(read);
      else at++;
      read = null;
      for (const end of heredocs)
        for (let isLast = false; at < text.length && !isLast; ) {
          const lineEnd = until("\n", at);
          isLast = text.slice(at, lineEnd).trim() === end;
          hideTo(lineEnd);
        }
      heredocs = [];
      continue;
    }
    if (top.close !== "" && char === top.close && top.depth === 0) {
      stack.pop();
      at++;
      continue;
    }
    if (char === openers[top.close]) top.depth++;
    else if (char === top.close) top.depth--;
    const block = grammar.blocks?.find(([open]) => text.startsWith(open, at));
    const pod = text[at - 1] === "\n" ? grammar.pods?.find(([open]) => text.startsWith(open, at)) : undefined;
    const comment = block ?? pod;
    if (comment) {
      hideTo(until(comment[1], at + comment[0].length));
      continue;
    }
    if (matches(grammar.comment, at)) {
      hideTo(indexOr(text, "\n", at));
      continue;
    }
    if (grammar.page && text.startsWith("?>", at)) {
      out[at++] = ";";
      hideTo(codeFrom(at));
      continue;
    }
    const here = grammar.heredoc && matches(grammar.heredoc, at);
    if (here) {
      const word = here[1] ?? "";
      if (word !== "" && (lastLines.get(word) ?? -1) > at) {
        const end =
          grammar.readsHeredoc && matches(grammar.readsHeredoc, at)
            ? new RegExp(`\\n[ \\t]*${word}(?![^\\n])`).exec(text.slice(at, at + maxHeredoc))
            : null;
        const form = grammar.strings.find(({ names }) => names);
        if (end && form) read = { close: end[0], form, depth: 0 };
        else heredocs.push(word);
      }
      at += here[0].length;
      continue;
    }
    const pattern = grammar.pattern && matches(grammar.pattern, at);
    if (pattern) {
      hide(at + (pattern[1]?.length ?? 0), at + pattern[0].length);
      at += pattern[0].length;
      continue;
    }
    if (char === "\\" && grammar.escapes) {
      at += 2;
      continue;
    }
    const form = grammar.strings.find(({ open }) => matches(open, at));
    if (form) {
      const open = matches(form.open, at)?.[0] ?? "";
      const last = open.slice(-1);
      at += open.length;
      const close = form.close ?? { "(": ")", "[": "]", "{": "}", "<": ">" }[last] ?? last;
      stack.push({ close, form: form.isCode ? null : form, depth: 0 });
      continue;
    }
    at++;
  }
  return { code: out.join(""), quoted };
}
