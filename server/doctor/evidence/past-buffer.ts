// Headers that were printed first and came later: they waited in the buffer of standard output.
import type { ScriptFile } from "../base/script-file.js";
import { languageOf, type ScriptLanguage } from "../fixes/language.js";

interface PastBuffer {
  readonly title: string;
  readonly cause: string;
}

const inBytes =
  /\b(?:sys\.stdout|stdout)\.buffer\b|\bos\.write\([ \t]*1\b|\bopen\([ \t]*(?:1|sys\.stdout\.fileno\(\))|\bsyswrite\b/;
/** What starts a program without flushing first, as Perl, Ruby and Lua do. */
const starting = /\bsubprocess\.(?:run|call|check_call|Popen)\b|\bos\.(?:system|spawn\w+|posix_spawnp?|fork)\b/;
const startingInProgram = /\0(?:system|popen|fork|vfork|posix_spawnp?|execvp?e?)(?:\0|@)/;
/** Its output does not go to the client. */
const elsewhere = /\bcapture_output\b|\bstdout[ \t]*=|\bPIPE\b/;
const printing = /(?<![.\w])(?:print|printf|puts|echo|say)\b|\.write\b/g;
const flushing = /\bflush\b|\$\|/;
const flush: Partial<Record<ScriptLanguage, string>> = { python: "`print(…, flush=True)`", perl: "`$| = 1`" };

/** `before`: what came before the headers. Null where the script may have printed it first itself. */
export function pastBuffer(file: ScriptFile | null, before: string): PastBuffer | null {
  if (file === null) return null;
  const { path, source, program } = file;
  const words = before.trim().split("\n", 1)[0]?.slice(0, 20) ?? "";
  if (program !== null) {
    const starts = startingInProgram.test(source) && /content-type:/i.test(source) && !source.includes(`\0${words}`);
    return starts ? by("a program that it started", "`fflush(stdout)`") : null;
  }
  const language = languageOf(path, source);
  const header = source.search(/content-type[ \t]*:/i);
  const above = source.slice(0, Math.max(0, header));
  if (language === null || header < 0 || isWritten(above, words) || (above.match(printing)?.length ?? 0) > 1)
    return null;
  const how = flush[language] ?? "the language's `flush`";
  const lines = source.slice(header).split("\n");
  const past = lines.findIndex(
    (line) => inBytes.test(line) || (language === "python" && starting.test(line) && !elsewhere.test(line)),
  );
  if (past < 0 || lines.slice(0, past + 1).some((line) => flushing.test(line))) return null;
  return by(inBytes.test(lines[past] ?? "") ? "bytes that it wrote past the buffer" : "a program that it started", how);
}

const isWritten = (source: string, words: string): boolean => words.length > 2 && source.includes(words);

const by = (what: string, how: string): PastBuffer => ({
  title: "The headers waited in a buffer",
  cause: `The script probably printed them first, but they waited in its output buffer, and ${what} came first. Flush before that: ${how}.`,
});
