// The error that ended a script, as Python, Perl, Ruby, PHP or a shell printed it on stderr: its kind and message, where those bytes
// are, and the line of the script.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { TraceFacts } from "../engine/facts.js";
import type { Occurrence } from "../engine/rule.js";
import { hasNoResponse } from "./output.js";
import { processEvidence } from "./process.js";
import { scriptLine } from "./stderr.js";

const tailBytes = 16 << 10;

export interface LanguageError {
  /** "ModuleNotFoundError", "syntax error"; "" if the language does not name it. */
  readonly kind: string;
  readonly message: string;
  /** The bytes of the message in stderr. */
  readonly range: [number, number];
  readonly line: number | null;
}

interface Tail {
  readonly text: ByteString;
  readonly from: number;
  readonly file: string;
}

function tailOf({ stderr, route }: TraceFacts): Tail | null {
  if (!stderr || stderr.captured === 0 || route.file === null) return null;
  const from = Math.max(0, stderr.captured - tailBytes);
  return { text: fromBytes(stderr.read(from, tailBytes)), from, file: toDisplayText(route.file) };
}

function errorAt(
  { text, from, file }: Tail,
  match: RegExpMatchArray | undefined,
  kind: string,
  message: string,
  line?: number,
): LanguageError | null {
  if (match?.index === undefined) return null;
  const end = match.index + match[0].length;
  const shown = toDisplayText(byteString(message)).trim().slice(0, 300);
  return {
    kind,
    message: shown,
    range: [from + match.index, from + end],
    line: line ?? scriptLine(toDisplayText(byteString(text.slice(0, end))), file),
  };
}

const last = (text: string, form: RegExp): RegExpMatchArray | undefined => [...text.matchAll(form)].at(-1);

/** The exception at the end of a traceback, or a syntax error, which has no traceback. */
export function readPython(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  if (tail === null) return null;
  const syntax = last(tail.text, /^(SyntaxError|IndentationError|TabError): (.*)$/gm);
  const begins = tail.text.lastIndexOf("Traceback (most recent call last):");
  if (begins < 0 && syntax === undefined) return null;
  const thrown = last(tail.text, /^([A-Za-z_][\w.]*)(?:: (.*))?$/gm);
  const match = thrown?.index !== undefined && begins >= 0 && thrown.index > begins ? thrown : syntax;
  return errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "");
}

export function readPerl(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  if (tail === null) return null;
  const form = /^(.*?) at (\S+) line (\d+)(?:, (?:near ".*|at EOF|<\w*> (?:line|chunk) \d+\.?))?[.,]?$/gm;
  const all = [...tail.text.matchAll(form)];
  const match = all.find(([, message]) => /^(?:syntax error|Can't locate )/.test(message ?? "")) ?? all.at(-1);
  const ours = match?.[2]?.endsWith(tail.file.slice(tail.file.lastIndexOf("/") + 1)) === true;
  return errorAt(
    tail,
    match,
    match?.[1]?.startsWith("syntax error") ? "syntax error" : "",
    match?.[1] ?? "",
    ours ? Number(match?.[3]) : undefined,
  );
}

export function readRuby(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  if (tail === null) return null;
  const thrown = last(tail.text, /^(\S+):(\d+):in .*?: (.*) \(([A-Z]\w*(?:::\w+)*)\)$/gm);
  if (thrown)
    return errorAt(tail, thrown, thrown[4] ?? "", thrown[3] ?? "", scriptLine(tail.text, tail.file) ?? undefined);
  const syntax = last(tail.text, /^(\S+\.rb):(\d+): (syntax error.*)$/gm);
  return errorAt(tail, syntax, "SyntaxError", syntax?.[3] ?? "", Number(syntax?.[2]));
}

export function readPhp(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  const match =
    tail === null
      ? undefined
      : last(tail.text, /PHP ((?:Fatal|Parse|Recoverable fatal) error): +([^\n]*?) in ([^\n]+?)(?: on line |:)(\d+)/g);
  return tail === null ? null : errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "", Number(match?.[4]));
}

export function readShell(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  const match = tail === null ? undefined : last(tail.text, /^(\/\S+|\S*sh): (?:line )?(\d+): (.*)$/gm);
  return tail === null ? null : errorAt(tail, match, "", match?.[3] ?? "", Number(match?.[2]));
}

/** Other rules explain this Python exception. */
export function hasOwnRule(error: LanguageError, { env }: TraceFacts): boolean {
  return (
    isPython2(error) ||
    isMissingModule(error) ||
    /^Unicode(?:En|De)codeError$/.test(error.kind) ||
    unsetVariable(error, env) !== null ||
    relativePath(error) !== null ||
    /^(?:SyntaxError|IndentationError|TabError|PermissionError)$/.test(error.kind)
  );
}

export const isMissingModule = ({ kind, message }: LanguageError): boolean =>
  /^(?:ModuleNotFoundError|ImportError)$/.test(kind) && message.startsWith("No module named");

const python2Modules =
  /^No module named '(?:urllib2|urlparse|StringIO|cStringIO|ConfigParser|Cookie|cookielib|httplib|BaseHTTPServer|HTMLParser|Queue|cPickle|commands)'/;
const python2Names = /^name '(?:raw_input|unicode|xrange|basestring|unichr|long|file|reduce)' is not defined/;

/** The errors of Python 3 for the most common features of Python 2. */
export function isPython2({ kind, message }: LanguageError): boolean {
  if (kind === "SyntaxError")
    return /^Missing parentheses in call to '(?:print|exec)'|^multiple exception types must be parenthesized|^leading zeros in decimal/.test(
      message,
    );
  return (
    (kind === "ModuleNotFoundError" && python2Modules.test(message)) ||
    (kind === "NameError" && python2Names.test(message))
  );
}

/** The unset environment variable that the error is about; null for another error, or if the variable is set. */
export function unsetVariable({ kind, message }: LanguageError, env: TraceFacts["env"]): string | null {
  const name = (
    kind === "KeyError" ? /^'([A-Z][A-Z0-9_]*)'$/ : /^([A-Za-z_]\w*): (?:parameter not set|unbound variable)$/
  ).exec(message)?.[1];
  return name === undefined || env?.some((variable) => variable.name === name) ? null : name;
}

/** The path, if the error is about a relative path that does not exist. */
export function relativePath({ kind, message }: LanguageError): string | null {
  const quoted =
    kind === "FileNotFoundError"
      ? /No such file or directory: '([^/'][^']*)'$/
      : /(?:cannot open |can't open )?'?([^/\s:'][^\s:']*)'?: No such file/;
  const path = kind === "FileNotFoundError" || kind === "" ? quoted.exec(message)?.[1] : undefined;
  return path ?? null;
}

/** "TypeError: unsupported operand", as the language prints it. */
function errorText({ kind, message }: LanguageError): string {
  if (message === "") return kind;
  return message.startsWith(kind) ? message : `${kind}: ${message}`;
}

/** The finding about a language's error; by default its detail is the error itself. */
export function errorOccurrence(
  facts: TraceFacts,
  error: LanguageError,
  { title, detail }: { readonly title?: string; readonly detail?: string } = {},
): Occurrence {
  return {
    ...(title === undefined ? {} : { title }),
    severity: hasNoResponse(facts) || (facts.response?.status ?? 0) >= 500 ? "error" : "warning",
    detail: detail ?? `${errorText(error)}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
    stream: "stderr",
    range: error.range,
    line: error.line,
    evidence: [
      { kind: "quote", of: "stderr", text: errorText(error) },
      ...(facts.route.file === null || error.line === null
        ? []
        : [{ kind: "file" as const, path: toDisplayText(facts.route.file), line: error.line }]),
      ...processEvidence(facts),
    ],
  };
}
