// What an interpreter is asked about a script without running it: how it checks the syntax of what comes on its stdin, and how its
// answer is read. Perl is not asked: `perl -c` runs BEGIN blocks and every `use`.
import { z } from "zod";
import type { ScriptLanguage } from "../fixes/language.js";
import { atColumn, type Diagnostic, onLine, type Words } from "./markers.js";

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}
export interface Question {
  readonly args: readonly string[];
  read(answer: Answer, text: string): Diagnostic[];
}

/** Why a language's scripts are not looked into before they run, a sentence. */
export const unasked: Partial<Record<ScriptLanguage, string>> = {
  perl: "Perl’s own check (perl -c) would run parts of the script, so its syntax shows with the first request.",
  tcl: "Tcl finds mistakes only by running a script, so they show with the first request.",
};

const error = (detail: string, rule: string, more: Partial<Words> = {}): Words => ({
  rule,
  severity: "error",
  title: "This does not parse: the script would end before its first line runs",
  detail,
  ...more,
});

/**
 * Parsed, not run; `sys.path[0]` is the current folder and goes away before anything is imported from it. Prints one JSON value:
 * where parsing failed, the version, and which of the imported modules are not there.
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
    sys.path.insert(0, os.getcwd())
    guarded = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
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
            if not found and id(node) not in guarded:
                out["missing"].append([top, node.lineno, node.col_offset + 1])
            elif found and top in ("cgi", "cgitb") and not os.path.exists(os.path.join(os.getcwd(), top + ".py")):
                out["old"].append([top, node.lineno, node.col_offset + 1])
print(json.dumps(out))
`;

type Place = readonly [string, number, number];

function readPython({ stdout }: Answer, text: string): Diagnostic[] {
  const told = parsedPython(stdout);
  if (told === null) return [];
  const version = told.version.slice(0, 2).join(".");
  if (told.error !== null) {
    const [message, line, column] = told.error;
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
              `print is a function since Python 3: print("…"). The interpreter here is ${version}.`,
              "python2-syntax",
              {
                title: "This is written for Python 2",
                fixes: ["print-function"],
              },
            )
          : error(`Python ${version} says: ${message}.`, "python-syntax-error"),
      ),
    ];
  }
  const missing = told.missing.map(([name, line, column]): Diagnostic => {
    const isCgi = name === "cgi" || name === "cgitb";
    return underImport(text, line, column, {
      rule: isCgi ? "cgi-module-removed" : "python-module-missing",
      severity: "error",
      title: isCgi
        ? `Python ${version} has no module "${name}" any more`
        : `Python ${version} here has no module "${name}"`,
      detail: isCgi
        ? "It was removed in Python 3.13. Use a module beside the script that does the same, or install legacy-cgi."
        : "The import would fail. Install it for this interpreter, or mind the spelling.",
      ...(isCgi && { fixes: ["replace-field-storage"] as const }),
    });
  });
  const old = told.old.map(([name, line, column]) =>
    underImport(text, line, column, {
      rule: "cgi-module-removed",
      severity: "hint",
      title: `"${name}" is gone in Python 3.13`,
      detail: `Python ${version} here still has it. Where a newer one runs the script, it fails with ModuleNotFoundError.`,
      fixes: ["replace-field-storage"],
    }),
  );
  return [...missing, ...old];
}

const underImport = (text: string, line: number, column: number, words: Words): Diagnostic => {
  const whole = onLine(text, line, words);
  return { ...whole, column: Math.min(column, whole.endColumn - 1) };
};

interface PythonTold {
  readonly version: readonly number[];
  readonly error: Place | null;
  readonly missing: readonly Place[];
  readonly old: readonly Place[];
}

/** Null when it is not what our program prints: then there is no answer. */
function parsedPython(stdout: string): PythonTold | null {
  try {
    return pythonTold.parse(JSON.parse(stdout));
  } catch {
    return null; // an interpreter too old for the question, or one that printed something of its own
  }
}

const place = z.tuple([z.string(), z.number(), z.number()]);
const pythonTold = z.object({
  version: z.array(z.number()),
  error: place.nullable(),
  missing: z.array(place),
  old: z.array(place),
});

/** `sh: 3: Syntax error: …`, `bash: line 3: …` */
function readShell({ stderr, exitCode }: Answer, text: string): Diagnostic[] {
  const match =
    /^[^\n:]*: (?:line )?(\d+): (.*)$/m.exec(stderr) ?? (exitCode === 0 ? null : /^[^\n:]*: ()(.*)$/m.exec(stderr));
  if (!match) return [];
  const last = text.trimEnd().split("\n").length;
  const line = Math.min(Number(match[1] || last), last);
  return [onLine(text, line, error(`The shell says: ${(match[2] ?? "").trim()}.`, "shell-error"))];
}

/** `PHP Parse error:  syntax error, … in Standard input code on line 3` */
function readPhp({ stdout, stderr }: Answer, text: string): Diagnostic[] {
  const match = /(?:Parse|Fatal) error:?(?:<\/b>:?)?\s+(.*?) in \S.* on line (?:<b>)?(\d+)/s.exec(
    `${stderr}\n${stdout}`,
  );
  return match ? [onLine(text, Number(match[2]), error(`PHP says: ${unescaped(match[1] ?? "")}.`, "php-error"))] : [];
}
const unescaped = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** `-:3: syntax error, …` or `-: -:3: syntax error …` */
function readRuby({ stderr }: Answer, text: string): Diagnostic[] {
  const match = /-:(\d+):\s*(.*)/.exec(stderr);
  return match
    ? [onLine(text, Number(match[1]), error(`Ruby says: ${(match[2] ?? "").replace(/^-:\d+:\s*/, "")}.`, "ruby-error"))]
    : [];
}

/** `[stdin]:3`, the line, a caret under the place, and the message. */
function readNode({ stderr }: Answer, text: string): Diagnostic[] {
  const match = /^\[stdin\]:(\d+)\n.*\n( *)\^[\s\S]*?\n(SyntaxError: .*)$/m.exec(stderr);
  return match
    ? [atColumn(text, Number(match[1]), (match[2] ?? "").length + 1, error(`Node says: ${match[3]}.`, "syntax-error"))]
    : [];
}

/** `luac: stdin:3: …` */
function readLua({ stderr }: Answer, text: string): Diagnostic[] {
  const match = /stdin:(\d+): (.*)/.exec(stderr);
  return match ? [onLine(text, Number(match[1]), error(`Lua says: ${match[2]}.`, "syntax-error"))] : [];
}

/** What to ask the program with this name; null when it cannot be asked. `path`: the script's. */
export function questionFor(program: string, language: ScriptLanguage, path: string, text: string): Question | null {
  switch (language) {
    case "python":
      return { args: ["-c", pythonProgram], read: readPython };
    case "shell":
      return { args: ["-n"], read: readShell };
    case "php":
      return { args: /php-cgi/.test(program) ? ["-n", "-q", "-l"] : ["-n", "-l"], read: readPhp };
    case "ruby":
      return { args: ["-c"], read: readRuby };
    case "node":
      return {
        args:
          /\.mjs$/.test(path) || (!/\.cjs$/.test(path) && /^\s*(import|export)\b/m.test(text))
            ? ["--input-type=module", "--check", "-"]
            : ["--check", "-"],
        read: readNode,
      };
    case "lua":
      return { args: ["-p", "-"], read: readLua };
    case "perl":
    case "tcl":
      return null;
  }
}
