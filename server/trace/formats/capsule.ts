// A trace as a capsule: one plain sh script (POSIX, coreutils) that starts the script again as the gateway did, and
// compares what it says with what it said then. It has the whole trace in a comment, so that it can be imported again.
import { constants } from "node:os";
import { fromBytesText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { TraceJson } from "../../contract/trace.js";
import { assignment } from "../../formats/export/env-command.js";
import { asciiWord } from "../../formats/export/shell-word.js";
import { hexEscape, unicodeEscape } from "../../protocol/hex.js";
import { capsuleShell } from "./capsule-shell.js";
import { exportMessage } from "./messages.js";
import { maskNote } from "./secrets.js";
import { placeStreams } from "./stream-places.js";

/** The first lines of the file: what it is, and in which form. */
export const capsuleMark = "#!/bin/sh\n# CGI Workbench capsule ";
export const capsuleVersion = "1";
export const traceMark = "#trace ";

interface CapsuleOptions {
  /** Names of the secrets that are in the trace. */
  readonly secrets: readonly string[];
  /** Their values were replaced. */
  readonly isMasked: boolean;
}

/** @throws ProblemError if no program ran, or not all of its stdin is known */
export function capsuleOf(trace: TraceJson, { secrets, isMasked }: CapsuleOptions): string {
  const { id, argv, cwd, env, request, stdin, stdout } = trace;
  if (!argv || argv.length === 0 || cwd === null || !env || !stdout)
    throw new ProblemError(exportMessage("nothing-ran", { trace: id }));
  const { bytes, captured } = request.body;
  const hasBody = stdin !== null && bytes > 0;
  if (hasBody && captured < bytes) throw new ProblemError(exportMessage("body-cut", { trace: id, captured, bytes }));
  const parts = {
    ...(hasBody && { stdin: Buffer.from(request.body.base64, "base64") }),
    stdout: Buffer.from(stdout.base64, "base64"),
  };
  const code = exitCodeOf(trace);
  return capsuleShell({
    head: [
      `${capsuleMark}${capsuleVersion}`,
      ...headOf(trace, code, { secrets, isMasked }),
      `${traceMark}${asciiJson(placeStreams(trace, parts))}`,
    ],
    start: {
      cwd: asciiWord(fromBytesText(cwd)),
      file: trace.route.file === null ? null : asciiWord(fromBytesText(trace.route.file)),
      program: asciiWord(fromBytesText(argv[0] ?? "")),
      variables: env.map(({ name, value }) => assignment(fromBytesText(name), fromBytesText(value), asciiWord)),
      words: argv.slice(1).map((one) => asciiWord(fromBytesText(one))),
    },
    stdin: hasBody ? lines(request.body.base64) : null,
    stdout: lines(stdout.base64),
    wholeBytes: stdout.captured < stdout.bytes ? stdout.bytes : null,
    code,
    incomparable: incomparableBecause(trace, secrets, isMasked),
  });
}

/** What a person reads first. Nothing from the trace can end a line. */
function headOf(
  { startedAt, request, response, route, outcome, stdout }: TraceJson,
  code: number | null,
  { secrets, isMasked }: CapsuleOptions,
): readonly string[] {
  return [
    "#",
    "# One request of a CGI script, as the gateway started it: environment, arguments, directory and stdin, with the",
    "# stdout and the exit code that followed.",
    "#",
    "#   sh FILE        starts the script and compares. Exit code: 0 the same, 1 different, 2 cannot run or compare",
    "#   sh FILE --run  starts the script, prints its stdout and ends with its exit code",
    "#",
    `# Request:   ${printable(fromBytesText(request.method))} ${printable(fromBytesText(request.target))}`,
    `# Recorded:  ${startedAt}, ${response ? `status ${response.status}` : "no response"}, outcome ${outcome}, mode ${route.mode}`,
    `# Expected:  ${stdout?.bytes ?? 0} bytes of stdout, exit code ${code ?? "unknown"}`,
    `# Secrets:   ${maskNote(secrets, isMasked) ?? "none under the usual names"}`,
    "#",
    '# The next line has the whole trace for "cgi-workbench import". The shell does not read it.',
  ];
}

/** As a shell has it: 128 and the number of the signal that ended the script. */
function exitCodeOf({ process }: TraceJson): number | null {
  if (!process) return null;
  if (process.exitCode !== null) return process.exitCode;
  const number = Object.entries(constants.signals).find(([name]) => name === process.signal)?.[1];
  return number === undefined ? null : 128 + number;
}

/** A clause; null: the outputs can be compared. */
function incomparableBecause(
  { outcome, process, stdout }: TraceJson,
  secrets: readonly string[],
  isMasked: boolean,
): string | null {
  if (isMasked && secrets.length > 0) return "the secrets of the request are masked";
  if (stdout && stdout.captured === 0 && stdout.bytes > 0) return "the recorded output was not kept";
  // A client may also leave when the script has ended by itself.
  const hasEnded = outcome !== "client-gone" || typeof process?.exitCode === "number";
  const isEnded = outcome === "timeout" || outcome === "stopped" || !hasEnded;
  return isEnded ? "the gateway ended the script before it was done" : null;
}

const printable = (bytes: ByteString): string => bytes.replace(/[^\x20-\x7e]/g, hexEscape);

const asciiJson = (value: object): string => JSON.stringify(value).replace(/[^\x20-\x7e]/g, unicodeEscape);

/** Base64 as the lines of a here-document. */
const lines = (base64: string): string => base64.replace(/.{1,76}/g, "$&\n");
