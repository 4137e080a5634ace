// The error that ended a script, as Python, Ruby or PHP printed it on stderr: its kind and message, where those bytes
// are, and the line of the script.
import { basename } from "node:path/posix";
import { toDisplayText } from "../../base/decode-text.js";
import { isServerError } from "../../contract/failure.js";
import { byteString } from "../../protocol/byte-string.js";
import type { TraceFacts } from "../base/facts.js";
import type { Occurrence } from "../base/rule.js";
import { callerLine, errorAt, inTail, isScript, type LanguageError, last, type Tail, tailOf } from "./error-tail.js";
import { hasNoResponse } from "./output.js";
import { processEvidence } from "./process.js";
import { whenSet } from "./request-variables.js";

/**
 * The exception at the end of a traceback, or a syntax error, which has no traceback;
 * or the traceback in the page of `cgitb`.
 */
export const readPython = (facts: TraceFacts): LanguageError | null =>
  pythonIn(tailOf(facts)) ?? pythonIn(tailOf(facts, "stdout"), "a description of an error in a Python program");

/** `after`: what must come before the traceback. */
function pythonIn(tail: Tail | null, after = ""): LanguageError | null {
  if (tail === null || !tail.text.includes(after)) return null;
  const { text } = tail;
  const group = groupIn(text);
  if (group) return errorAt(tail, group, group[1] ?? "", [group[2], group[3]].filter(Boolean).join(": "));
  const begins = lastTraceback(text);
  const match = (begins < 0 ? null : thrownAfter(text, begins)) ?? syntaxErrorIn(text);
  const error = errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "");
  const calls = text.slice(begins, match?.index);
  if (error?.kind === "KeyError" && isOfEnviron(calls)) return { ...error, isOfEnviron: true };
  const missingCommand = error?.kind === "FileNotFoundError" ? missingCommandIn(calls, error.message) : null;
  return error && missingCommand !== null ? { ...error, missingCommand } : error;
}

const traceback = "Traceback (most recent call last):";
/** The line before a traceback after which the script goes on. */
const goesOn = /^(?:Exception ignored |(?:Unhandled e|E)xception in thread |--- Logging error ---)/;
/** What comes between two tracebacks of which the first led to the second. */
const ledTo =
  /\n\n(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):\n\n$/;

/** Where the traceback of the error that ended the script begins; negative if there is none. */
function lastTraceback(text: string): number {
  const before = (at: number): number => text.lastIndexOf(traceback, at - 1);
  let begins = text.lastIndexOf(traceback);
  while (begins > 0) {
    let first = begins;
    while (first > 0 && ledTo.test(text.slice(Math.max(0, first - 100), first))) first = before(first);
    if (first <= 0 || !goesOn.test(text.slice(text.lastIndexOf("\n", first - 2) + 1, first))) break;
    begins = before(first);
  }
  return begins;
}

/** The first line that is not indented: a message may have more of them, and the program may write more at its exit. */
function thrownAfter(text: string, begins: number): RegExpExecArray | null {
  const form = /^([A-Za-z_][\w.]*)(?:: (.*))?$/gm;
  form.lastIndex = begins;
  return form.exec(text);
}

/** The exception group at the end, whose traceback is in a frame of lines, with the first of the exceptions in it. */
function groupIn(text: string): RegExpExecArray | null {
  const at = text.lastIndexOf(`  + Exception Group ${traceback}`);
  if (at < 0 || text.lastIndexOf(`\n${traceback}`) > at) return null;
  const form = /^ {2}\| ([A-Za-z_][\w.]*)(?:: (.*))?$(?:[\s\S]*?^ {4,}\| ([A-Za-z_][\w.]*: .*)$)?/gm;
  form.lastIndex = at;
  return form.exec(text);
}

/** The stack of JavaScript, which has an error of the name SyntaxError too. */
export const nodeStack = /^Node\.js v\d|^ {4}at .*(?::\d+|<anonymous>)\)?$/m;

// The name comes first: to look back from every line takes time that grows with the square of their number.
const syntaxError =
  /^(SyntaxError|IndentationError|TabError): (?<=^ {2}File ".*", line \d+\n(?:[ \t].*\n|\n)*\w+: )(.*)$/gm;

/** Behind the line that Python could not parse. An error about the encoding of the whole file has none. */
function syntaxErrorIn(text: string): RegExpMatchArray | undefined {
  if (nodeStack.test(text)) return undefined;
  return (
    last(text, syntaxError) ?? last(text, /^(SyntaxError): ((?:Non-UTF-8 code starting with|encoding problem:) .*)$/gm)
  );
}

const lastCall = (calls: string): RegExpMatchArray | undefined => last(calls, /^ {2}File "(.*)", line \d+, in (.*)$/gm);

/**
 * Whether the last call of a traceback is that of `os.environ`; `cgitb` escapes it, Python 2 has it in another file.
 */
function isOfEnviron(calls: string): boolean {
  const call = lastCall(calls);
  return (
    /^(?:<|&lt;)frozen os(?:>|&gt;)$|\/(?:os|UserDict)\.py$/.test(call?.[1] ?? "") &&
    /^__(?:get|del)item__$/.test(call?.[2] ?? "")
  );
}

/**
 * The program of an error from where `subprocess` starts one; null if it has a path. A missing working directory is
 * reported from the same line. Python 3.7 and earlier print the name twice.
 */
function missingCommandIn(calls: string, message: string): string | null {
  const call = lastCall(calls);
  if (!call?.[1]?.endsWith("/subprocess.py") || call[2] !== "_execute_child") return null;
  const name = /No such file or directory: b?'([^'/]+)'(?:: b?'[^']*')?$/.exec(message)?.[1] ?? null;
  const folder = /\bcwd ?= ?["']([^"'\n]*)["']/.exec(calls)?.[1];
  return name === folder ? null : name;
}

export const readRuby = inTail((tail) => {
  const at = `^(${tail.own}|\\S+):(\\d+):`;
  const thrown = uncaughtOf(tail.text, [
    ...tail.text.matchAll(new RegExp(`${at}in .*?: (.*) \\(([A-Z]\\w*(?:::\\w+)*)\\)$`, "gm")),
  ]);
  if (thrown) {
    // Where the script raised it, or the innermost of its calls that led there: Ruby prints that first.
    const calls = tail.text.slice(thrown.index).matchAll(/^(?:[ \t]+from )?(.+?):(\d+):in /gm);
    return errorAt(tail, thrown, thrown[4] ?? "", thrown[3] ?? "", callerLine(tail, calls));
  }
  const syntax = last(
    tail.text,
    new RegExp(`^(?:\\S*ruby[\\d.]*: )?(${tail.own}|\\S+):(\\d+): (syntax errors?\\b.*)$`, "gm"),
  );
  const path = toDisplayText(byteString(syntax?.[1] ?? ""));
  const isOurs = basename(path) === basename(tail.file);
  if (!isOurs && !path.endsWith(".rb")) return null; // not the only program that says so
  // Ruby 3.4 and later give the reason below the line that they quote
  const reason = /^ +\| +\^+~* (.+)$/m.exec(tail.text.slice(syntax?.index))?.[1];
  const message = reason === undefined ? syntax?.[3] : `syntax error, ${reason}`;
  return errorAt(tail, syntax, "SyntaxError", message ?? "", isOurs ? Number(syntax?.[2]) : null);
});

/** Ruby prints the error that nothing caught first, then those whose `rescue` raised the one before. */
function uncaughtOf(text: string, all: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  let at = all.length - 1;
  const isFromRescue = (from: number, to?: number): boolean =>
    /:in [`'](?:rescue|ensure) in /.test(text.slice(from, to));
  while (at > 0 && isFromRescue(all[at - 1]?.index ?? 0, all[at]?.index)) at--;
  return all[at];
}

const callsBegin = "\nStack trace:\n";
const phpKinds = ["Fatal error", "Parse error", "Recoverable fatal error"];

/** Reads PHP’s last error. Its place is at the end of what it says: a message may have “ in ” as well. */
export const readPhp = inTail((tail) => {
  const { text } = tail;
  const index = Math.max(...phpKinds.map((kind) => text.lastIndexOf(`PHP ${kind}: `)));
  // php-fpm may write the next message on the same line
  const rest = index < 0 ? "" : (text.slice(index + "PHP ".length).split(/\nPHP |PHP message: /, 1)[0] ?? "");
  // before a list of calls the message may have more than one line
  const said = rest.split(rest.includes(callsBegin) ? callsBegin : "\n", 1)[0] ?? "";
  const places = [said.lastIndexOf(" in /"), said.lastIndexOf(" in ")];
  const at = places.find((place) => place >= 0) ?? said.length;
  const [all, path, line] = /^ in (.+?)(?: on line |:)(\d+)/.exec(said.slice(at)) ?? [];
  if (all === undefined) return null;
  const [kind = "", message = ""] = said.slice(0, at).split(/: +(.*)/s);
  const whole = text.slice(index, index + "PHP ".length + at + all.length);
  // In a file that the script includes: the line of the call that led there, if PHP has printed it.
  const calls = text.slice(index + whole.length).matchAll(/^#\d+ (.+)\((\d+)\): /gm);
  const shown = isScript(tail, path) ? Number(line) : callerLine(tail, calls);
  return errorAt(tail, { index, 0: whole }, kind, message, shown);
});

/** Other rules explain this Python exception. */
export function hasOwnRule(error: LanguageError, { env }: TraceFacts): boolean {
  return (
    isPython2(error) ||
    missingModule(error) !== null ||
    /^Unicode(?:En|De)codeError$/.test(error.kind) ||
    unsetVariable(error, env) !== null ||
    error.missingCommand !== undefined ||
    relativePath(error) !== null ||
    /^(?:SyntaxError|IndentationError|TabError|PermissionError)$/.test(error.kind)
  );
}

/** The name of the module that Python did not find; Python 2 does not quote it. */
export const missingModule = ({ kind, message }: LanguageError): string | null =>
  (/^(?:ModuleNotFoundError|ImportError)$/.test(kind) && /^No module named '?([^\s';]+)/.exec(message)?.[1]) || null;

const python2Modules =
  /^(?:urllib2|urlparse|StringIO|cStringIO|ConfigParser|Cookie|cookielib|httplib|BaseHTTPServer|HTMLParser|Queue|cPickle|commands)$/;
const python2Names = /^name '(?:raw_input|unicode|xrange|basestring|unichr|long|file|reduce)' is not defined/;

/** The errors of Python 3 for the most common features of Python 2. */
export function isPython2(error: LanguageError): boolean {
  const { kind, message } = error;
  if (kind === "SyntaxError")
    return /^Missing parentheses in call to '(?:print|exec)'|^multiple exception types must be parenthesized|^leading zeros in decimal/.test(
      message,
    );
  return python2Modules.test(missingModule(error) ?? "") || (kind === "NameError" && python2Names.test(message));
}

/** The unset environment variable that the error is about; null for another error, or if the variable is set. */
export function unsetVariable({ kind, message, isOfEnviron }: LanguageError, env: TraceFacts["env"]): string | null {
  const name = (
    kind === "KeyError" ? /^'([A-Z][A-Z0-9_]*)'$/ : /^([A-Za-z_]\w*): (?:parameter not set|unbound variable)$/
  ).exec(message)?.[1];
  if (name === undefined || env?.some((variable) => variable.name === name)) return null;
  // any dictionary may have such keys; that of WSGI has those of a request
  return kind === "KeyError" && isOfEnviron !== true && whenSet(name) === null ? null : name;
}

/** The path, if the error is about a relative path that does not exist. */
export function relativePath({ kind, message, missingCommand }: LanguageError): string | null {
  if (missingCommand !== undefined) return null;
  const quoted =
    kind === "FileNotFoundError"
      ? /No such file or directory: '([^/'][^']*)'$/
      : /^(?:.*: )?(?:cannot open |can't open )?'?([^/\s:'][^\s:']*)'?: No such file/;
  const path = kind === "FileNotFoundError" || kind === "" ? quoted.exec(message)?.[1] : undefined;
  return path ?? null;
}

/** "TypeError: unsupported operand", as the language prints it. */
function errorText({ kind, message }: LanguageError): string {
  if (message === "") return kind;
  return message.startsWith(kind) ? message : `${kind}: ${message}`;
}

/** An error behind a response that arrived is less than one instead of it. */
export const severityOf = (facts: TraceFacts): "error" | "warning" =>
  hasNoResponse(facts) || facts.outcome === "crashed" || isServerError(facts.response?.status ?? null)
    ? "error"
    : "warning";

/** The finding about a language's error; by default its detail is the error itself. */
export function errorOccurrence(
  facts: TraceFacts,
  error: LanguageError,
  { title, detail }: { readonly title?: string; readonly detail?: string } = {},
): Occurrence {
  return {
    ...(title === undefined ? {} : { title }),
    severity: severityOf(facts),
    detail: detail ?? `${errorText(error)}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
    stream: error.stream,
    range: error.range,
    line: error.line,
    evidence: [
      { kind: "quote", of: error.stream, text: errorText(error) },
      ...(facts.route.file === null || error.line === null
        ? []
        : [{ kind: "file" as const, path: toDisplayText(facts.route.file), line: error.line }]),
      ...processEvidence(facts),
    ],
  };
}
