// Changes one setting in cgi-workbench.json and leaves everything else as it was written: comments, order, indentation.
import { applyEdits, type FormattingOptions, type JSONPath, modify } from "jsonc-parser";
import type { Mode } from "../contract/trace.js";

/** The text with another mode for a script, by its path in the workspace; null: with none. `source`: an object as JSON with comments, or empty. */
export function withScriptMode(source: string, script: string, mode: Mode | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const formattingOptions: FormattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: text.includes("\r\n") ? "\r\n" : "\n" };
  const put = (from: string, path: JSONPath, value: unknown): string => applyEdits(from, modify(from, path, value, { formattingOptions }));
  return put(text, ["scripts", script, "mode"], mode ?? undefined);
}
