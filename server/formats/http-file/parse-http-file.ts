// Reads a file of requests as editors know it (the REST Client of VS Code, the HTTP client of JetBrains): requests
// separated by `###`, each with comments, a request line, headers, a blank line and a body. It never throws: what is
// wrong is listed with its place, and the rest is read on.

import { withoutBlanks } from "../../protocol/blanks.js";
import { isTokenText } from "../../protocol/token.js";
import { parseAssertion, parseCapture } from "./conditions.js";
import type {
  BodyFile,
  FileBody,
  FileField,
  FileRequest,
  FileVariable,
  HttpFile,
  Mistake,
  Piece,
  Place,
  PlacedAssertion,
  PlacedCapture,
} from "./http-file.js";
import {
  blocksOf,
  bodyFile,
  directiveInBody,
  foreignLine,
  isBlank,
  isComment,
  isForeignCheck,
  isTrailer,
  type Line,
  linesOf,
  trailersAt,
} from "./lines.js";
import { httpFileMessage } from "./messages.js";
import { isMisspelt } from "./misspelt.js";
import { isMultipart } from "./sent-body.js";
import { trimmed, trimmedEnd, trimmedStart } from "./white-space.js";

/** `text`: each character may be a byte; only ASCII means anything here. */
export function parseHttpFile(text: string): HttpFile {
  const variables: FileVariable[] = [];
  const requests: FileRequest[] = [];
  const mistakes: Mistake[] = [];
  for (const lines of blocksOf(linesOf(text))) {
    const block = new Block(text, lines);
    const request = block.request();
    variables.push(...block.variables);
    mistakes.push(...block.mistakes);
    if (request !== null) requests.push(request);
  }
  return { variables, requests, mistakes };
}

/** The lines from one `###` to the next. */
class Block {
  readonly variables: FileVariable[] = [];
  readonly mistakes: Mistake[] = [];
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #assertions: PlacedAssertion[] = [];
  readonly #captures: PlacedCapture[] = [];
  readonly #scripts: Place[] = [];
  readonly #unsupported: (Mistake & Piece)[] = [];
  #name: string | null = null;
  #at = 0;

  constructor(text: string, lines: readonly Line[]) {
    this.#text = text;
    this.#lines = lines;
  }

  /** Null: it holds comments and variables alone. */
  request(): FileRequest | null {
    const [first] = this.#lines;
    if (first?.text.startsWith("###")) {
      this.#name = trimmed(first.text.replace(/^#+/, "")) || null;
      this.#at = 1;
    }
    const line = this.#preamble();
    if (line === null) {
      const [orphan] = [...this.#assertions, ...this.#captures];
      if (orphan) this.#wrong(orphan, httpFileMessage("target-missing"));
      return null;
    }
    const { method, target } = this.#requestLine(line);
    const fields = this.#fields();
    const fieldValue = (name: string): string =>
      fields.find((field) => field.name.text.toLowerCase() === name)?.value.text ?? "";
    const body = this.#body(isMultipart(fieldValue("content-type")));
    if (method.text === "GRAPHQL" || /^graphql$/i.test(fieldValue("x-request-type")))
      this.#cannot(line, httpFileMessage("graphql-request"));
    return {
      from: first?.from ?? 0,
      to: this.#lines.at(-1)?.end ?? 0,
      name: this.#name,
      method,
      target,
      fields,
      body,
      assertions: this.#assertions,
      captures: this.#captures,
      unsupported: this.#unsupported,
      scripts: this.#scripts,
    };
  }

  #wrong({ from, to }: Place, why: Mistake["why"]): void {
    this.mistakes.push({ from, to, why });
  }

  #cannot({ from, to }: Place, why: Mistake["why"]): void {
    this.#unsupported.push({ from, to, why, text: this.#text.slice(from, to) });
  }

  /** Up to the request line; null: there is none. */
  #preamble(): Line | null {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at];
      if (line === undefined) break;
      this.#at += 1;
      if (isBlank(line)) continue;
      if (isComment(line)) this.#comment(line);
      else if (isForeignCheck(line)) this.#cannot(line, httpFileMessage("foreign-check"));
      else if (line.text.startsWith("@")) this.#variable(line);
      else if (/^<[\t-\r ]*(?:\{%|[^\t-\r ]+\.js[\t-\r ]*$)/.test(line.text)) this.#script(line);
      else return line;
    }
    return null;
  }

  #comment(line: Line): void {
    const [all, before = "", directive = "", space = "", rest = ""] =
      /^([\t-\r ]*(?:#+|\/\/+)[\t-\r ]*@)([A-Za-z-]+)([ \t]*)(.*)$/.exec(line.text) ?? [];
    if (all === undefined) return;
    const from = line.from + before.length + directive.length + space.length;
    const text = trimmedEnd(rest);
    const piece = { text, from, to: from + text.length };
    if (directive === "name") this.#name = text || this.#name;
    else if (directive === "assert") {
      const parsed = parseAssertion(text);
      if ("mistake" in parsed) this.#wrong(shifted(parsed.mistake, from), parsed.mistake.why);
      else this.#assertions.push({ ...piece, assertion: parsed.value });
    } else if (directive === "capture") {
      const parsed = parseCapture(text);
      if ("mistake" in parsed) this.#wrong(shifted(parsed.mistake, from), parsed.mistake.why);
      else this.#captures.push({ ...piece, capture: parsed.value });
    } else if (isMisspelt(directive, text)) {
      const start = line.from + before.length - 1;
      this.#wrong(
        { from: start, to: start + directive.length + 1 },
        httpFileMessage("directive-unknown", { directive }),
      );
    }
  }

  #variable(line: Line): void {
    const [, name, equals = "", value = ""] = /^@([A-Za-z_][\w.-]*)([\t-\r ]*=[\t-\r ]*)(.*)$/.exec(line.text) ?? [];
    if (name === undefined) {
      this.#wrong(line, httpFileMessage("variable-without-name"));
      return;
    }
    const at = line.from + 1 + name.length + equals.length;
    const text = withoutBlanks(value);
    this.variables.push({
      from: line.from,
      to: line.to,
      name: { text: name, from: line.from + 1, to: line.from + 1 + name.length },
      value: { text, from: at, to: at + text.length },
    });
  }

  /** A script of another tool, which may have several lines. */
  #script(line: Line): void {
    let last = line;
    if (line.text.includes("{%"))
      while (!last.text.includes("%}")) {
        const next = this.#lines[this.#at];
        if (next === undefined) {
          this.#wrong(line, httpFileMessage("script-open"));
          break;
        }
        last = next;
        this.#at += 1;
      }
    this.#scripts.push({ from: line.from, to: last.to });
  }

  /** `[METHOD] target [HTTP/1.1]`, and lines that continue the target. */
  #requestLine(line: Line): Pick<FileRequest, "method" | "target"> {
    const [, indent = "", word = "", gap = ""] = /^([\t-\r ]*)([^\t-\r ]+)([\t-\r ]+)[^\t-\r ]/.exec(line.text) ?? [];
    const hasMethod = isTokenText(word) && !/^[a-z]+:/i.test(word);
    const methodAt = line.from + indent.length;
    const method = hasMethod
      ? { text: word, from: methodAt, to: methodAt + word.length }
      : { text: "GET", from: methodAt, to: methodAt };
    const rest = hasMethod ? line.text.slice(indent.length + word.length + gap.length) : trimmedStart(line.text);
    const from = line.to - rest.length;
    const { target, version } = targetAndVersion(trimmedEnd(rest));
    if (version !== null && version !== "HTTP/1.1") {
      const at = from + rest.lastIndexOf(version);
      this.#wrong({ from: at, to: at + version.length }, httpFileMessage("http-version-unsupported", { version }));
    }
    let text = target;
    let to = from + target.length;
    // A line of its own that begins with white space continues the target.
    for (let next = this.#lines[this.#at]; next !== undefined; next = this.#lines[this.#at]) {
      if (!/^[ \t]+[^\t-\r #]/.test(next.text) || /^[\t-\r ]*\/\//.test(next.text)) break;
      text += trimmed(next.text);
      to = next.to;
      this.#at += 1;
    }
    const isLonely = !hasMethod && isTokenText(target); // "GET" alone
    const foreign = foreignLine(line.text, method.text);
    if (foreign !== null) this.#cannot(line, foreign);
    else if (text === "" || isLonely) this.#wrong({ from, to }, httpFileMessage("target-missing"));
    else if (/[\t-\r ]/.test(text.replace(/\{\{[^{}]*\}\}/g, "")))
      this.#wrong({ from, to }, httpFileMessage("target-space"));
    return { method, target: { text, from, to } };
  }

  #fields(): FileField[] {
    const fields: FileField[] = [];
    for (let line = this.#lines[this.#at]; line !== undefined; line = this.#lines[this.#at]) {
      this.#at += 1;
      if (isBlank(line)) return fields;
      if (isComment(line)) this.#comment(line);
      else if (isTrailer(line)) this.#script(line);
      else if (isForeignCheck(line)) this.#cannot(line, httpFileMessage("foreign-check"));
      else this.#field(line, fields);
    }
    return fields;
  }

  #field(line: Line, fields: FileField[]): void {
    const colon = line.text.indexOf(":");
    if (colon < 0) {
      this.#wrong(line, httpFileMessage("line-without-colon"));
      return;
    }
    const name = line.text.slice(0, colon);
    const rest = line.text.slice(colon + 1);
    const value = withoutBlanks(rest);
    const at = line.from + colon + 1 + rest.indexOf(value);
    if (!isTokenText(name))
      this.#wrong({ from: line.from, to: line.from + colon }, httpFileMessage("header-name-invalid", { name }));
    else
      fields.push({
        from: line.from,
        to: line.to,
        name: { text: name, from: line.from, to: line.from + colon },
        value: { text: value, from: at, to: at + value.length },
      });
  }

  /** All that is left, but for blank lines around it and scripts behind it. */
  #body(hasParts: boolean): FileBody | null {
    const left = this.#lines.slice(this.#at);
    const lines = left.slice(0, trailersAt(left));
    for (const line of lines) this.#checkInBody(line);
    this.#at += lines.length;
    this.#trailers();
    const first = lines.findIndex((line) => !isBlank(line));
    const last = lines.findLastIndex((line) => !isBlank(line));
    const begin = lines[first];
    const end = lines[last];
    if (begin === undefined || end === undefined) return null;
    const place = { from: begin.from, to: end.to };
    const files = lines.slice(first, last + 1).flatMap(fileIn);
    const [whole] = files;
    if (whole !== undefined && first === last) return { kind: "file", ...whole };
    if (!hasParts) for (const file of files) this.#cannot(file, httpFileMessage("file-in-body"));
    return { kind: "text", text: this.#text.slice(place.from, place.to), files, ...place };
  }

  /** Behind the body. Of what would be lost there, the first line is marked. */
  #trailers(): void {
    let isLost = false;
    for (let line = this.#lines[this.#at]; line !== undefined; line = this.#lines[this.#at]) {
      this.#at += 1;
      if (isTrailer(line)) this.#script(line);
      else if (!this.#checkInBody(line) && !isLost && !isBlank(line) && !isComment(line)) {
        isLost = true;
        this.#wrong(line, httpFileMessage("text-behind-trailer"));
      }
    }
  }

  /** Reports a line that was meant to check or to take something: it would be sent, or left out. */
  #checkInBody(line: Line): boolean {
    const directive = directiveInBody(line);
    if (directive !== null) this.#wrong(line, httpFileMessage("check-in-body", { directive }));
    else if (isForeignCheck(line)) this.#cannot(line, httpFileMessage("foreign-check"));
    return directive !== null;
  }
}

function fileIn({ text, from, to }: Line): BodyFile[] {
  const [, at, path] = bodyFile.exec(text) ?? [];
  return path === undefined ? [] : [{ path: trimmedEnd(path), hasVariables: at !== undefined, from, to }];
}

function targetAndVersion(text: string): { readonly target: string; readonly version: string | null } {
  const space = Math.max(text.lastIndexOf(" "), text.lastIndexOf("\t"));
  const last = text.slice(space + 1);
  if (space < 0 || !last.startsWith("HTTP/")) return { target: text, version: null };
  return { target: trimmedEnd(text.slice(0, space)), version: last };
}

const shifted = ({ from, to }: Place, by: number): Place => ({ from: from + by, to: to + by });
