// What a script's file says by itself, before any request: mode, folders, first line, line ends, byte order mark.
import { posix } from "node:path";
import type { Row } from "../../routing/table.js";
import type { ShebangLine } from "../evidence/shebang.js";
import type { ScriptLanguage } from "../fixes/language.js";
import { atColumn, type Diagnostic, onLine } from "./markers.js";

export interface FileToCheck {
  /** In the workspace. */
  readonly path: string;
  /** Decoded, without a byte order mark, line ends as they are. */
  readonly text: string;
  readonly bom: boolean;
  readonly executable: boolean;
  /** What becomes of a request to it; `because` is null for what is never run but by its extension's interpreter. */
  readonly row: Row;
  readonly shebang: ShebangLine | null;
  /** Where the shebang's program is; null when it is not there, or there is no shebang. */
  readonly interpreter: string | null;
  readonly language: ScriptLanguage | null;
  /** The folders above it in the workspace that nobody may enter, by name. */
  readonly closedFolders: readonly string[];
}

/** In the order in which a server would stumble over them. */
export function checkFile(file: FileToCheck): Diagnostic[] {
  return [folders(file), mode(file), mark(file), shebang(file), lineEnds(file)].flat();
}

function folders({ text, closedFolders }: FileToCheck): Diagnostic[] {
  return closedFolders.map((folder) =>
    onLine(text, 1, {
      rule: "not-permitted",
      severity: "error",
      title: `The folder ${folder} may not be searched`,
      detail: `To reach a file, every folder above it needs its execute bit, which means "search" for folders. Set it: chmod +x ${folder}`,
    }),
  );
}

function mode({ path, text, executable, row, shebang: first }: FileToCheck): Diagnostic[] {
  if (executable) return [];
  if (row.action === "run")
    return [
      onLine(text, 1, {
        rule: "not-executable",
        severity: "error",
        title: "The script is not executable",
        detail: `The system starts only files with an execute bit. Set it: chmod +x ${path}`,
        fixes: ["make-executable"],
      }),
    ];
  if (row.action === "handler" && row.because === null) return [];
  if (row.action === "handler")
    return [
      onLine(text, 1, {
        rule: "handler-used",
        severity: "hint",
        title: `Most servers would not run this script: ${row.because}`,
        detail:
          "Here it is run with the interpreter of its extension. Elsewhere it needs its execute bit and a first line that begins with #!.",
        fixes: first === null ? ["set-shebang", "make-executable"] : ["make-executable"],
      }),
    ];
  if (first === null) return [];
  return [
    onLine(text, 1, {
      rule: "not-executable",
      severity: "warning",
      title: "This script would be sent as text, not run",
      detail: `It begins with #!, but it is not executable and not in cgi-bin: whoever asks for ${posix.basename(path)} gets to read it. Set its execute bit.`,
      fixes: ["make-executable"],
    }),
  ];
}

function mark({ text, bom, shebang: first, language }: FileToCheck): Diagnostic[] {
  if (!bom || (first === null && language !== "php" && language !== "shell")) return [];
  return [
    onLine(text, 1, {
      rule: "byte-order-mark",
      severity: "error",
      title: "A byte order mark stands before the first character",
      detail:
        "The file begins with the invisible bytes EF BB BF. The system does not see #! behind them, and PHP prints them before its header. Save it as UTF-8 without BOM.",
      fixes: ["remove-byte-order-mark"],
    }),
  ];
}

function shebang({ text, executable, row, shebang: first, interpreter }: FileToCheck): Diagnostic[] {
  if (row.action === "static") return [];
  if (first === null) {
    // Without its execute bit the file has been spoken about.
    if (!executable && row.action === "handler") return [];
    return [
      onLine(text, 1, {
        rule: "no-shebang",
        severity: row.action === "run" ? "error" : "hint",
        title: "The script does not say which program runs it",
        detail:
          'Its first line should begin with #! and the interpreter: "#!/usr/bin/env python3". Without it the system does not know how to start it.',
        fixes: ["set-shebang"],
      }),
    ];
  }
  const runsItself = row.action === "run";
  if (first.carriageReturn)
    return [
      {
        ...onLine(text, 1, {
          rule: "shebang-carriage-return",
          severity: runsItself ? "error" : "warning",
          title: "The first line ends in a carriage return",
          detail: `The file has Windows line ends. The system takes the carriage return for a part of the interpreter's name, and there is no program "${first.searchedFor ?? first.program}\\r".`,
          fixes: ["use-line-feeds"],
        }),
      },
    ];
  if (interpreter !== null) return [];
  const name = first.searchedFor ?? first.program;
  return [
    atColumn(text, 1, Math.max(1, text.indexOf(name) + 1), {
      rule: "interpreter-missing",
      severity: runsItself ? "error" : "warning",
      title: `The interpreter ${name} is not there`,
      detail:
        first.searchedFor === null
          ? `There is no program at ${name}.`
          : `${name} was not found along the PATH that scripts get.`,
      fixes: ["set-shebang"],
    }),
  ].map((diagnostic) => ({
    ...diagnostic,
    endColumn: Math.max(diagnostic.endColumn, diagnostic.column + name.length),
  }));
}

function lineEnds({ text, shebang: first, language, row }: FileToCheck): Diagnostic[] {
  if (first?.carriageReturn || !text.includes("\r\n") || row.action === "static") return [];
  const line = text.slice(0, text.indexOf("\r\n")).split("\n").length;
  const hurts = language === "shell" || language === "tcl";
  return [
    onLine(text, line, {
      rule: "windows-line-ends",
      severity: hurts ? "error" : "hint",
      title: "Lines end in CR LF, as on Windows",
      detail: hurts
        ? "The shell takes the carriage return for a part of each line's last word."
        : "The interpreter bears it; in texts of several lines the carriage returns go out with the response.",
      fixes: ["use-line-feeds"],
    }),
  ];
}
