// Whether the source of a script defines an application, or functions of a handler, which this mode does not call.
import { callsApplication, type Mode, modeTraits } from "../../contract/modes.js";
import type { FactsWithFile } from "../base/facts.js";
import { languageOf } from "../fixes/language.js";

interface DefinedApplication {
  /** The mode that serves it. */
  readonly mode: Extract<Mode, "wsgi" | "psgi" | "rack" | "handler">;
  /** Its first line. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

type Definition = readonly [mode: DefinedApplication["mode"], line: RegExp];
const definitions: Readonly<Record<string, readonly Definition[]>> = {
  python: [
    ["wsgi", /^(?:(?:application|app)\s*=(?!=)|def\s+(?:application|app)\s*\(\s*\w+\s*,\s*\w+).*$/m],
    ["handler", /^def\s+[a-z]\w*\s*\(\s*req\b.*$/im],
  ],
  perl: [
    ["psgi", /^(?:(?:my|our)?[ \t]*\$app\s*=|(?:return\s+)?sub\s*\{|builder\s*\{).*$/m],
    ["handler", /^sub\s+[a-z]\w*\s*(?:\(\$r(?:eq)?\b|\{\s*my\s*\(?\s*\$r(?:eq)?\b).*$/im],
  ],
  ruby: [["rack", /^(?:run[\s(]|App\s*=(?!=)|class\s+App\b).*$/m]],
};

/** Null in a mode that calls it, and where a program elsewhere responds. */
export function uncalledApplication({ file, route }: Pick<FactsWithFile, "file" | "route">): DefinedApplication | null {
  if (file === null || route.mode === null || callsApplication(route.mode) || modeTraits[route.mode].isExternal)
    return null;
  const language = languageOf(file.path, file.source);
  for (const [mode, line] of language === null ? [] : (definitions[language] ?? [])) {
    const found = line.exec(file.source);
    if (found) return { mode, text: found[0].trim(), line: file.source.slice(0, found.index).split("\n").length };
  }
  return null;
}
