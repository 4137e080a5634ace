// The error that ended a Perl script: of the messages on stderr the one that names the cause.
import { toDisplayText } from "../../base/decode-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { TraceFacts } from "../base/facts.js";
import { errorAt, inTail, isScript, type LanguageError, type Tail } from "./error-tail.js";
import { hasNoResponse } from "./output.js";
import { lastStderrLine } from "./stderr.js";

/** CGI::Carp begins each line with the time and the script's name. */
const time = "\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d [\\d:]{8} \\d{4}\\] \\S+: ";
const input = "<[$\\w:]*> (?:line|chunk) \\d+\\.?";
/** Where Perl places an error in the text of `eval`. */
const evaluated = "\\(eval \\d+\\)";
const form = ({ own }: Tail): RegExp =>
  new RegExp(
    `^(?:${time})?(.*?)\\n? at (${own}|${evaluated}|\\S+) line (\\d+)(?:, (?:near ".*|at EOF|${input}))?[.,]?$`,
    "gm",
  );
/** The calls that led there, as `confess` lists them. */
const call = /^\s|(?:\)|\.\.\.\}) called$/;
/** What follows from an error in another file, or ends the message of DBI about one. */
const consequence =
  /^(?:Compilation failed in require|BEGIN failed--compilation aborted|BEGIN not safe after errors|Available drivers: )/;
/** After an error in the source Perl goes on to report the next, and ends with their number or the script's name. */
const inSource =
  /^(?:syntax error|Global symbol|Bareword|Missing |Can't find string terminator|Unmatched|Type of arg|Not enough arg|Too many arg|.* found where operator expected|Unrecognized character|Can't redeclare)/;
const compilationEnds = /\b(?:compilation errors|too many errors)\.?$/;
const warning =
  /^(?:Use of uninitialized value|Argument ".*" isn't numeric|Name ".*" used only once|Odd number of elements|Deep recursion on|Useless use of|Wide character in|Subroutine \S+ redefined|"my" variable|Possible |Statement unlikely|Unquoted string|print(?:f)? \(...\) interpreted|substr outside of string|Malformed UTF-8|Unrecognized escape |Missing argument in |Illegal \w+ digit .* ignored|Can't locate package |Bareword found in conditional|Attempt to (?:free|call undefined) |\w+\(\) on (?:un|closed)|Can't exec "|.* is (?:deprecated|experimental)\b)/;
/** What Perl itself dies of. */
const death =
  /^(?:Can't |Undefined subroutine|Not an? .* reference|Illegal |Attempt to |Modification of |Unrecognized |Global symbol|syntax error|Bareword|Missing |Bad name|No such |panic|Out of memory|Operation not permitted)/;

export const readPerl = inTail((tail, facts: TraceFacts) => {
  const said = [...tail.text.matchAll(form(tail))];
  const all = said.filter(([, message = ""]) => message !== "" && !call.test(message) && !warning.test(message));
  const causes = all.filter(([, message = ""]) => !consequence.test(message));
  const match = sourceError(facts, causes) ?? causes.at(-1) ?? all[0];
  const [last] = said.slice(-1);
  if (match === undefined || last === undefined) return null;
  const message = match[1] ?? "";
  if (!isDeath(message) && (isOnlyWarned(facts) || diedLater(facts, tail, last))) return null;
  const [, , file = "", line] = match;
  const kind = message.startsWith("syntax error") && !file.startsWith("(eval ") ? "syntax error" : "";
  const placed = file.startsWith("(eval ") ? last : match; // the script says behind it where it evaluated that
  const error = errorAt(tail, match, kind, message, isScript(tail, placed[2]) ? Number(placed[3]) : undefined);
  return error && { ...error, at: { file: toDisplayText(byteString(file)), line: Number(line) } };
});

/** While Perl reads the source of the script it may warn between two errors and after them. */
function sourceError(facts: TraceFacts, causes: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  const isParsed = !compilationEnds.test(lastStderrLine(facts)?.text ?? "");
  const errors = isParsed
    ? causes.slice(causes.findLastIndex(([, message = ""]) => !inSource.test(message)) + 1)
    : causes.filter(([, message = ""]) => inSource.test(message));
  return errors.find(([, message = ""]) => message.startsWith("syntax error")) ?? (isParsed ? undefined : errors[0]);
}

const isDeath = (message: string): boolean => death.test(message);

/** A message of `die` that ends in a line feed names no line; what names one was a warning. */
function diedLater(facts: TraceFacts, { from }: Tail, { index, 0: text }: RegExpExecArray): boolean {
  const line = lastStderrLine(facts);
  return line !== null && line.range[0] >= from + index + text.length && !compilationEnds.test(line.text);
}

/**
 * `die` ends with the last error's number, else 255. After a response, 1 is an
 * `exit 1`, and the message is from `warn`.
 */
const isOnlyWarned = (facts: TraceFacts): boolean => !hasNoResponse(facts) && facts.process?.exitCode === 1;

/**
 * Behind a page, `warn` and an exit code of another reason look the same as `die`, whose own code is 255; and a program
 * that goes on may have caught the one and printed the other.
 */
export function mayBeWarned(facts: TraceFacts, { message }: LanguageError): boolean {
  const exitCode = facts.process?.exitCode ?? 0;
  if (isDeath(message) || exitCode === 255) return false;
  return exitCode === 0 || (!hasNoResponse(facts) && (facts.response?.status ?? 0) < 500);
}

/** The module that is in no folder of @INC, as `Net::SMTP`; null if it is something else. */
export const missingPerlModule = ({ message }: LanguageError): string | null =>
  /^(?:install_driver\(\w+\) failed: )?Can't locate (\S+)\.pm in @INC/.exec(message)?.[1]?.replaceAll("/", "::") ??
  null;

/** The file of `require "name.pl"` that is in no folder of @INC; null for modules. */
export const missingFile = ({ message }: LanguageError): string | null =>
  /^Can't locate (\S+\.(?!pm\b)\w+) in @INC/.exec(message)?.[1] ??
  /^do "(\S+)" failed, '\.' is no longer in @INC/.exec(message)?.[1] ??
  null;
