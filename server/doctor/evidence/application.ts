// Whether the source of a script defines a WSGI or PSGI application, which this mode does not call.
import { type Mode, traitsOf } from "../../contract/modes.js";
import type { FactsWithFile } from "../engine/facts.js";
import { languageOf } from "../fixes/language.js";

interface DefinedApplication {
  /** The mode that serves it. */
  readonly mode: Extract<Mode, "wsgi" | "psgi">;
  /** Its first line. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

const definitions = {
  python: {
    mode: "wsgi",
    line: /^(?:(?:application|app)\s*=(?!=)|def\s+(?:application|app)\s*\(\s*\w+\s*,\s*\w+).*$/m,
  },
  perl: { mode: "psgi", line: /^(?:(?:my|our)?\s*\$app\s*=|(?:return\s+)?sub\s*\{|builder\s*\{).*$/m },
} as const;

/** Null in a mode that calls it, and where a program elsewhere responds. */
export function uncalledApplication({ file, route }: Pick<FactsWithFile, "file" | "route">): DefinedApplication | null {
  const traits = traitsOf(route.mode);
  if (!traits || traits.application !== null || traits.isExternal) return null;
  const language = file === null ? null : languageOf(file.path, file.source);
  if (file === null || (language !== "python" && language !== "perl")) return null;
  const { mode, line } = definitions[language];
  const found = line.exec(file.source);
  return found && { mode, text: found[0].trim(), line: file.source.slice(0, found.index).split("\n").length };
}
