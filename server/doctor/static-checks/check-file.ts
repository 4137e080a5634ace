// Checks of a script's file before any request: mode, folders, shebang, line endings, byte order mark.
import { posix } from "node:path";
import { wordsOf } from "../../contract/message.js";
import type { ShebangLine } from "../../routing/shebang.js";
import type { Row } from "../../routing/table.js";
import { closedFolderAbove, envArgument } from "../base/script-file.js";
import { dataFile, isBinary } from "../evidence/data-file.js";
import { envDetail } from "../evidence/start-failure.js";
import type { ScriptLanguage } from "../fixes/language.js";
import { atColumn, type Diagnostic, onLine } from "./markers.js";

export interface FileToCheck {
  /** In the workspace. */
  readonly path: string;
  /** Decoded, without a byte order mark, with its own line endings. */
  readonly text: string;
  readonly bom: boolean;
  /** Null: it is not UTF-16. */
  readonly utf16: "script" | "data" | null;
  readonly executable: boolean;
  /**
   * How a request is routed to it; `because` is null for files that every server runs
   * with the interpreter of their extension.
   */
  readonly row: Row;
  readonly shebang: ShebangLine | null;
  /** The path of the shebang's program; null if it is missing or there is no shebang. */
  readonly interpreter: string | null;
  readonly language: ScriptLanguage | null;
  /** The folders above it in the workspace that have no execute bit. */
  readonly closedFolders: readonly string[];
}

/** In the order in which a server would meet the problems. */
export function checkFile(file: FileToCheck): Diagnostic[] {
  const isUnnamed = file.row.action === "run" && file.shebang === null && file.utf16 !== "script";
  const kind = isUnnamed ? dataFile(file.path, file.text, file) : null;
  if (kind === "part") return [];
  if (kind === "data") return [...folders(file), dataBesideScripts(file)];
  if (file.utf16 !== null) return [...folders(file), wide(file)];
  return [...folders(file), ...[mode, mark, shebang, lineEnds].flatMap((check) => check(file) ?? [])];
}

const dataBesideScripts = ({ text, path }: FileToCheck): Diagnostic =>
  onLine(text, 1, {
    rule: "data-among-scripts",
    severity: "hint",
    title: "Not a script, but servers would run it",
    detail: `Everything in a folder for scripts is run, so a request for ${posix.basename(path)} fails. Keep pictures, styles and data in another folder.`,
  });

const wide = ({ text }: FileToCheck): Diagnostic =>
  onLine(text, 1, {
    rule: "utf-16-source",
    severity: "error",
    title: "The script is saved as UTF-16",
    detail:
      "It has two bytes for each character, so the system does not find `#!` in it. Save it as UTF-8 without a byte order mark.",
    fixes: ["convert-to-utf-8"],
  });

function folders({ text, closedFolders }: FileToCheck): Diagnostic[] {
  return closedFolders.map((folder) =>
    onLine(text, 1, {
      rule: "not-permitted",
      severity: "error",
      title: `No search permission for the folder ${folder}`,
      detail: `To reach a file, a server needs the execute bit of every folder above it, the permission to search it. Set it: \`chmod +x ${folder}\``,
    }),
  );
}

function mode({ path, text, executable, row, shebang: first }: FileToCheck): Diagnostic | null {
  if (executable) return null;
  if (row.action === "run")
    return onLine(text, 1, {
      rule: "not-executable",
      severity: "error",
      title: "The script is not executable",
      detail: `The system starts only files with an execute bit. Set it: \`chmod +x ${path}\``,
      fixes: ["make-executable"],
    });
  if (row.action === "handler" && row.because !== null)
    return onLine(text, 1, {
      rule: "handler-used",
      severity: "hint",
      title: `Most servers would not run this script: ${wordsOf(row.because.text)}`,
      detail:
        "CGI Workbench runs it with the interpreter for its extension. On other servers it needs its execute bit and a first line that begins with `#!`.",
      fixes: first === null ? ["set-shebang", "make-executable"] : ["make-executable"],
    });
  if (row.action === "handler" || first === null) return null;
  return onLine(text, 1, {
    rule: "not-executable",
    severity: "warning",
    title: "The server would send this script as text, not run it",
    detail: `It begins with \`#!\`, but it is not executable and not in cgi-bin: a request for ${posix.basename(path)} returns its source. Set its execute bit.`,
    fixes: ["make-executable"],
  });
}

function mark({ text, bom, shebang: first, language }: FileToCheck): Diagnostic | null {
  if (!bom || (first === null && language !== "php" && language !== "shell")) return null;
  return onLine(text, 1, {
    rule: "byte-order-mark",
    severity: "error",
    title: "A byte order mark comes before the first character",
    detail:
      "The file begins with the invisible bytes `ef bb bf`. The system does not find `#!` after them, and PHP prints them before its headers. Save it as UTF-8 without BOM.",
    fixes: ["remove-byte-order-mark"],
  });
}

function shebang({ text, executable, row, shebang: first, interpreter }: FileToCheck): Diagnostic | null {
  if (row.action === "static") return null;
  if (first === null) {
    // `mode` has reported the missing execute bit, or no server starts the file itself.
    if (row.action === "handler" && (!executable || row.because === null)) return null;
    return onLine(text, 1, {
      rule: "no-shebang",
      severity: row.action === "run" ? "error" : "hint",
      title: "The script does not name its interpreter",
      detail:
        "Its first line must begin with `#!` and the interpreter, such as `#!/usr/bin/env python3`. Without it the system cannot start the script.",
      fixes: ["set-shebang"],
    });
  }
  const runsItself = row.action === "run";
  if (first.carriageReturn)
    return onLine(text, 1, {
      rule: "shebang-carriage-return",
      severity: runsItself ? "error" : "warning",
      title: "The first line ends in a carriage return",
      detail: `The file has Windows line endings. The system takes the carriage return as part of the interpreter's name, and there is no program named “${first.searchedFor ?? first.program}\\r”.`,
      fixes: ["use-line-feeds"],
    });
  const name = first.searchedFor ?? first.program;
  const argument = envArgument(first);
  if (interpreter !== null && argument !== null)
    return atColumn(text, 1, text.indexOf(name) + 1, {
      rule: "interpreter-missing",
      severity: "warning",
      title: `env finds no program named “${argument}”`,
      detail: envDetail(argument),
      fixes: ["set-shebang"],
    });
  if (interpreter !== null) return null;
  const closed = first.searchedFor === null ? closedFolderAbove(first.program) : null;
  const found = atColumn(text, 1, Math.max(1, text.indexOf(name) + 1), {
    rule: "interpreter-missing",
    severity: runsItself ? "error" : "warning",
    title:
      closed === null
        ? `The interpreter ${name} does not exist`
        : `The server may not search ${closed.path}, the folder of the interpreter`,
    detail:
      first.searchedFor !== null
        ? `\`${name}\` is not on the \`PATH\` that scripts get.`
        : closed === null
          ? `There is no program at \`${name}\`.`
          : `To reach \`${name}\`, the server's user needs the execute bit of every folder above it.`,
    fixes: ["set-shebang"],
  });
  return { ...found, endColumn: Math.max(found.endColumn, found.column + name.length) };
}

function lineEnds({ text, shebang: first, language, row }: FileToCheck): Diagnostic | null {
  if (first?.carriageReturn || !text.includes("\r\n") || row.action === "static" || isBinary(text)) return null;
  const line = text.slice(0, text.indexOf("\r\n")).split("\n").length;
  const hurts = language === "shell" || language === "tcl";
  return onLine(text, line, {
    rule: "windows-line-ends",
    severity: hurts ? "error" : "hint",
    title: "The file has Windows line endings (CRLF)",
    detail: hurts
      ? "The interpreter takes the carriage return as part of the last word of each line."
      : "The interpreter accepts them, but in multi-line strings the carriage returns become part of the response.",
    fixes: ["use-line-feeds"],
  });
}
