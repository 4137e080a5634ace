// posix_spawn says ENOENT for four different things; the files tell them apart. One finding, five answers.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { toDisplayText } from "../../trace/decode-text.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { finding, type Rule } from "../rule.js";

export const couldNotStart: Rule = (trace) => {
  const { route, process } = trace;
  if (trace.outcome !== "spawn-error" || route.file === null) return null;
  const file = toDisplayText(route.file);
  const errno = process?.errno ?? "an unknown error";
  const told = diagnose(file, firstLine(route.file), errno);
  return finding({ severity: "error", reference: "RFC 3875 §3.4", line: told.line ?? null, ...told });
};

interface Answer {
  readonly rule: string;
  readonly title: string;
  readonly detail: string;
  readonly line?: number;
}

function diagnose(file: string, first: string | null, errno: string): Answer {
  const interpreter = first?.startsWith("#!") ? first.slice(2).trim().split(/[ \t]/)[0] : undefined;
  if (first?.startsWith("#!") && first.endsWith("\r"))
    return {
      rule: "shebang-carriage-return",
      line: 1,
      title: "The first line ends in a carriage return, so the interpreter is not found",
      detail: `The script was saved with Windows line ends. The system takes everything after #! up to the line feed as the program's name, and there is no program named "${interpreter ?? ""}\\r". Save the file with LF line ends.`,
    };
  if (errno === "ENOENT" && interpreter !== undefined)
    return {
      rule: "interpreter-missing",
      line: 1,
      title: `The interpreter ${interpreter} does not exist`,
      detail: `The script's first line asks for ${interpreter}, and nothing is there. Correct the path, or write "#!/usr/bin/env NAME" to have NAME looked up on PATH.`,
    };
  if (errno === "ENOENT")
    return {
      rule: "script-missing",
      title: "The script is not there any more",
      detail: `${file} was gone, or its folder was, when it should have been started.`,
    };
  if (errno === "EACCES")
    return isExecutable(file)
      ? {
          rule: "not-permitted",
          title: "The script may not be executed",
          detail: `Its execute bit is set, yet the system refused ${file}: the interpreter may not be executable, a parent folder not searchable, or the file system mounted noexec.`,
        }
      : { rule: "not-executable", title: "The script is not executable", detail: `Nobody may execute ${file}. Set the execute bit: chmod +x ${file}` };
  if (errno === "ENOEXEC")
    return first?.startsWith("\u00ef\u00bb\u00bf")
      ? {
          rule: "byte-order-mark",
          line: 1,
          title: "A byte order mark stands before #!",
          detail: "The file begins with EF BB BF, so the system does not see the #! after it. Save the file as UTF-8 without BOM.",
        }
      : {
          rule: "no-shebang",
          line: 1,
          title: "The script does not say which program runs it",
          detail: `It is neither a program nor does it begin with #! and an interpreter. Begin it with a line such as "#!/usr/bin/env python3".`,
        };
  if (errno === "E2BIG")
    return {
      rule: "environment-too-large",
      title: "The environment is too large",
      detail: "One variable or argument may have at most 128 KiB. A very long query string or header does this.",
    };
  if (errno === "ETXTBSY")
    return {
      rule: "being-written",
      title: "The script is still being written",
      detail: `Some program holds ${file} open for writing; the system does not run such a file.`,
    };
  return { rule: "start-failed", title: `The system could not start the script: ${errno}`, detail: `Starting ${file} failed with ${errno}.` };
}

/** The first line, up to 256 bytes, without its line feed, one character a byte; null when the file cannot be read. */
function firstLine(file: NonNullable<TraceRecord["route"]["file"]>): string | null {
  const head = Buffer.alloc(256);
  try {
    const fd = openSync(Buffer.from(file, "latin1"), "r");
    try {
      const line = head.subarray(0, readSync(fd, head)).toString("latin1");
      return line.split("\n", 1)[0] ?? "";
    } finally {
      closeSync(fd);
    }
  } catch {
    return null; // unreadable: the errno alone has to do
  }
}

function isExecutable(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}
