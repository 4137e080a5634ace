// How each interpreter checks the syntax of a script on its stdin without running it, and how to parse its output.
// There is no check for Perl: `perl -c` runs BEGIN blocks and every `use`.
import { posix } from "node:path";
import { z } from "zod";
import type { Message } from "../../contract/message.js";
import type { ScriptLanguage } from "../fixes/language.js";
import { atColumn, type Diagnostic, type DiagnosticText, onLine } from "./markers.js";
import { uncheckedMessage } from "./messages.js";

export interface CheckOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}
interface SyntaxCheck {
  readonly args: readonly string[];
  /** The result depends on other files as well: on the modules that the script imports. */
  readonly readsDisk?: true;
  /** Null if the output is not that of the check. */
  parse(output: CheckOutput, text: string): Diagnostic[] | null;
  /** The part before an error on a line, if the script may end there; null: it does not. */
  readonly untilEnd?: (source: string, line: number) => string | null;
}

/** Why a language has no syntax check. */
export const whyUnchecked: Partial<Record<ScriptLanguage, Message>> = {
  perl: uncheckedMessage("perl-not-checked"),
  tcl: uncheckedMessage("tcl-not-checked"),
};

const error = (detail: string, rule: string, more: Partial<DiagnosticText> = {}): DiagnosticText => ({
  rule,
  severity: "error",
  title: "Syntax error: the script would fail before its first line runs",
  detail,
  ...more,
});

/**
 * Parses the script and does not run it. Removes `sys.path[0]`, the current folder, before it imports anything. Prints
 * one JSON value: the version, where parsing failed, and which imported modules are missing or deprecated. The first
 * argument is the script's file name; Python imports from the folder of the file that a link leads to. The second one,
 * if there is one, is the script's PYTHONPATH.
 */
const pythonProgram = `
import sys
here = sys.path.pop(0) if sys.path and sys.path[0] in ("",) else None
import ast, json
source = sys.stdin.buffer.read()
out = {"version": list(sys.version_info[:3]), "error": None, "missing": [], "old": []}
try:
    tree = ast.parse(source, "script")
except SyntaxError as e:
    out["error"] = [e.msg, e.lineno or 1, e.offset or 1]
except ValueError as e:
    out["error"] = [str(e), 1, 1]
else:
    import importlib.util, os
    own = [os.path.dirname(os.path.realpath(sys.argv[1]))]
    own += [folder for given in sys.argv[2:] for folder in given.split(os.pathsep)]
    sys.path[0:0] = own
    # What a condition imports may not be needed here, and a changed search path leads to folders not known here.
    guarded = set()
    changes_path = any(isinstance(node, ast.Attribute) and node.attr in ("path", "addsitedir") and
        isinstance(node.value, ast.Name) and node.value.id in ("sys", "site") or
        isinstance(node, ast.ImportFrom) and node.module in ("sys", "site") and
        any(name.name in ("path", "addsitedir") for name in node.names) for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Try, ast.If, ast.With, getattr(ast, "TryStar", ast.Try))):
            for child in ast.walk(node):
                guarded.add(id(child))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            try:
                found = top in sys.builtin_module_names or importlib.util.find_spec(top) is not None
            except (ImportError, ValueError):
                found = False
            if not found and id(node) not in guarded and (not changes_path or top in ("cgi", "cgitb")):
                out["missing"].append([top, node.lineno, node.col_offset + 1])
            elif found and top in ("cgi", "cgitb") and not any(
                os.path.exists(os.path.join(folder, top + ".py")) for folder in own
            ):
                out["old"].append([top, node.lineno, node.col_offset + 1])
print(json.dumps(out))
`;

/** Text, line and column. */
type Location = readonly [string, number, number];

function parsePython({ stdout }: CheckOutput, text: string): Diagnostic[] | null {
  const report = parsePythonReport(stdout);
  if (report === null) return null;
  const version = report.version.slice(0, 2).join(".");
  if (report.error !== null) {
    const [message, line, column] = report.error;
    const isPython2 =
      /Missing parentheses in call to '(print|exec)'/.test(message) ||
      /^\s*print\s+["'\w]/.test(text.split("\n")[line - 1] ?? "");
    return [
      atColumn(
        text,
        line,
        column,
        isPython2
          ? error(
              `Since Python 3 \`print\` is a function: \`print("…")\`. The interpreter here is Python ${version}.`,
              "python2-syntax",
              {
                title: "The script was written for Python 2",
                fixes: ["print-function"],
              },
            )
          : error(`Python ${version} reports: ${message}.`, "python-syntax-error"),
      ),
    ];
  }
  const missing = report.missing.map(([name, line, column]): Diagnostic => {
    const isCgi = name === "cgi" || name === "cgitb";
    return underImport(text, line, column, {
      rule: isCgi ? "cgi-module-removed" : "python-module-missing",
      severity: "error",
      title: isCgi
        ? `Python ${version} no longer has the module ${name}`
        : `Module ${name} not found by Python ${version}`,
      detail: isCgi
        ? "Python 3.13 removed it. Use a replacement module in the script's folder, or install `legacy-cgi`."
        : "The import would fail. Install the module for this interpreter, or check the spelling.",
      ...(isCgi && { fixes: ["replace-field-storage"] as const }),
    });
  });
  const old = report.old.map(([name, line, column]) =>
    underImport(text, line, column, {
      rule: "cgi-module-removed",
      severity: "hint",
      title: `Python 3.13 removed the module ${name}`,
      detail: `Python ${version} still has it. Under a newer version the script fails with \`ModuleNotFoundError\`.`,
      fixes: ["replace-field-storage"],
    }),
  );
  return [...missing, ...old];
}

const underImport = (text: string, line: number, column: number, details: DiagnosticText): Diagnostic => {
  const whole = onLine(text, line, details);
  return { ...whole, column: Math.min(column, whole.endColumn - 1) };
};

interface PythonReport {
  readonly version: readonly number[];
  readonly error: Location | null;
  readonly missing: readonly Location[];
  readonly old: readonly Location[];
}

/** Null if the output is not the program's report. */
function parsePythonReport(stdout: string): PythonReport | null {
  try {
    return pythonReport.parse(JSON.parse(stdout));
  } catch {
    return null; // the interpreter is too old for the program, or printed something else
  }
}

const location = z.tuple([z.string(), z.number(), z.number()]);
const pythonReport = z.object({
  version: z.array(z.number()),
  error: location.nullable(),
  missing: z.array(location),
  old: z.array(location),
});

/** `sh: 3: Syntax error: …`, `bash: line 3: …` */
function parseShell({ stderr, exitCode }: CheckOutput, text: string): Diagnostic[] {
  if (exitCode === 0) return []; // what it wrote are warnings
  const match = /^[^\n:]*: (?:line )?(\d+): (?!warning:)(.*)$/m.exec(stderr) ?? /^[^\n:]*: ()(.*)$/m.exec(stderr);
  if (!match) return [];
  const last = text.trimEnd().split("\n").length;
  const line = Math.min(Number(match[1] || last), last);
  const title = "Syntax error: the script would end here";
  return [onLine(text, line, error(`The shell reports: ${(match[2] ?? "").trim()}.`, "shell-error", { title }))];
}

/** A shell reads a script as it runs it: behind its last command there may be data, which `-n` reads as commands. */
function untilExit(source: string, line: number): string | null {
  const lines = source.split("\n").slice(0, line - 1);
  let last = -1;
  let document: string | null = null; // the line that ends the here document
  for (const [at, one] of lines.entries())
    if (document !== null) document = one.replace(/^\t+|\r$/g, "") === document ? null : document;
    else if (lastCommand.test(one) && !goesOn.test(lines[at - 1] ?? "")) last = at;
    else document = hereDocument.exec(one)?.[1] ?? null;
  return last < 0 ? null : `${lines.slice(0, last + 1).join("\n")}\n`;
}
const lastCommand = /^(?:exit(?:[ \t][^|&]*)?|exec[ \t]+[^-<>&{\d \t].*)\r?$/;
const goesOn = /(?:&&|[|\\])[ \t]*\r?$/;
const hereDocument = /^(?![ \t]*#).*(?<!<)<<-?[ \t]*["'\\]?([A-Za-z_]\w*)/;

/** What an interpreter prints of the first mistake: its line, what it says, and the blanks before a caret below it. */
interface Report {
  readonly by: string;
  readonly rule: string;
  readonly form: RegExp;
  /** It may be written as HTML. */
  readonly isHtml?: boolean;
}
const reports = {
  /** `PHP Parse error:  syntax error, … in Standard input code on line 3` */
  php: {
    by: "PHP",
    rule: "php-error",
    form: /(?:Parse|Fatal) error:?(?:<\/b>:?)?\s+(?<said>.*?) in \S.* on line (?:<b>)?(?<line>\d+)/s,
    isHtml: true,
  },
  /** `-:3: syntax error, …` or `-: -:3: syntax error …` */
  ruby: { by: "Ruby", rule: "ruby-error", form: /-:(?<line>\d+):\s*(?!warning:)(?:-:\d+:\s*)?(?<said>\S.*)/ },
  /** `[stdin]:3`, the line, a caret under the column, and the message. */
  node: {
    by: "Node",
    rule: "syntax-error",
    form: /^\[stdin\]:(?<line>\d+)\n.*\n(?<before> *)\^[\s\S]*?\n(?<said>SyntaxError: .*)$/m,
  },
  /** `luac: stdin:3: …` */
  lua: { by: "Lua", rule: "syntax-error", form: /stdin:(?<line>\d+): (?<said>.*)/ },
} satisfies Partial<Record<ScriptLanguage, Report>>;

const parseReport =
  ({ by, rule, form, isHtml = false }: Report): SyntaxCheck["parse"] =>
  ({ stdout, stderr, exitCode }, text) => {
    const { line, said = "", before } = (exitCode === 0 ? null : form.exec(`${stderr}\n${stdout}`))?.groups ?? {};
    if (line === undefined) return [];
    const details = error(`${by} reports: ${isHtml ? unescaped(said) : said}.`, rule);
    return [
      before === undefined
        ? onLine(text, Number(line), details)
        : atColumn(text, Number(line), before.length + 1, details),
    ];
  };
const unescaped = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The check for this interpreter; null if there is none. `path`: the script's path. */
export function syntaxCheckFor(
  program: string,
  language: ScriptLanguage,
  path: string,
  text: string,
): SyntaxCheck | null {
  switch (language) {
    case "python":
      return { args: ["-c", pythonProgram, posix.basename(path)], readsDisk: true, parse: parsePython };
    case "shell":
      return { args: ["-n"], parse: parseShell, untilEnd: untilExit };
    case "php":
      // Without php.ini, PHP reads `<?xml` as code. Servers set this option to 0 where pages have an XML declaration.
      return {
        args: [
          "-n",
          ...(/php-cgi/.test(program) ? ["-q"] : []),
          ...(/<\?xml\b/i.test(text) ? ["-d", "short_open_tag=0"] : []),
          "-l",
        ],
        parse: parseReport(reports.php),
      };
    case "ruby":
      return { args: ["-c"], parse: parseReport(reports.ruby) };
    case "node":
      return {
        args:
          /\.mjs$/.test(path) || (!/\.cjs$/.test(path) && /^[ \t]*(import|export)\b/m.test(text))
            ? ["--input-type=module", "--check", "-"]
            : ["--check", "-"],
        parse: parseReport(reports.node),
      };
    case "lua":
      return { args: ["-p", "-"], parse: parseReport(reports.lua) };
    case "perl":
    case "tcl":
      return null;
  }
}
