// The error that ended a Perl script: of the messages on stderr the one that names the cause.
import type { TraceFacts } from "../engine/facts.js";
import { errorAt, type LanguageError, tailOf } from "./error-tail.js";
import { hasNoResponse } from "./output.js";
import { isPathOf } from "./stderr.js";

/** CGI::Carp begins each line with the time and the script's name. */
const form =
  /^(?:\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}\] \S+: )?(.*?) at (\S+) line (\d+)(?:, (?:near ".*|at EOF|<\w*> (?:line|chunk) \d+\.?))?[.,]?$/gm;
/** The calls that led there, as `confess` lists them. */
const call = /^\s| called$/;
/** What follows from an error in another file. */
const consequence = /^(?:Compilation failed in require|BEGIN failed--compilation aborted)/;
const warning =
  /^(?:Use of uninitialized value|Argument ".*" isn't numeric|Name ".*" used only once|Odd number of elements|Deep recursion on|Useless use of|Wide character in|Subroutine \S+ redefined|"my" variable|Possible |Statement unlikely|Unquoted string|print(?:f)? \(...\) interpreted|substr outside of string|Malformed UTF-8|.* is (?:deprecated|experimental)\b)/;
/** What Perl itself dies of. */
const death =
  /^(?:Can't |Undefined subroutine|Not an? .* reference|Illegal |Attempt to |Modification of |Unrecognized |Global symbol|syntax error|Bareword|Missing |Bad name|No such |panic|Out of memory|Operation not permitted)/;

export function readPerl(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  if (tail === null) return null;
  const all = [...tail.text.matchAll(form)].filter(([, message = ""]) => !call.test(message) && !warning.test(message));
  const causes = all.filter(([, message = ""]) => !consequence.test(message));
  const match =
    causes.find(([, message = ""]) => /^(?:syntax error|Can't locate )/.test(message)) ?? causes.at(-1) ?? all[0];
  if (match === undefined || isOnlyWarned(facts, match[1] ?? "")) return null;
  const ours = isPathOf(match[2] ?? "", tail.file);
  const isSyntax = match[1]?.startsWith("syntax error") === true;
  return errorAt(tail, match, isSyntax ? "syntax error" : "", match[1] ?? "", ours ? Number(match[3]) : undefined);
}

/**
 * `die` ends with the last error's number, else 255. After a response, 1 is an
 * `exit 1`, and the message is from `warn`.
 */
const isOnlyWarned = (facts: TraceFacts, message: string): boolean =>
  !hasNoResponse(facts) && facts.process?.exitCode === 1 && !death.test(message);

/** The file of `require "name.pl"` that is in no folder of @INC; null for modules. */
export const missingFile = ({ message }: LanguageError): string | null =>
  /^Can't locate (\S+\.(?!pm\b)\w+) in @INC/.exec(message)?.[1] ??
  /^do "(\S+)" failed, '\.' is no longer in @INC/.exec(message)?.[1] ??
  null;
