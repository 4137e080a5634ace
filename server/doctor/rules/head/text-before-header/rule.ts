// Other output before or among the headers.

import { byteString } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { apache, go, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import type { ScriptFile } from "../../../base/script-file.js";
import { badOutput, hasOwnRule, nextCgiField, rangeIn } from "../../../evidence/output.js";
import { processEvidence } from "../../../evidence/process.js";
import { languageOf, type ScriptLanguage } from "../../../fixes/language.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Something was printed before the headers",
  summary: "A debug message, a warning or other output comes before the headers.",
  explanation:
    "The headers are present, but something else was written before or among them: a debug message, a library's warning, the output of a command that the script runs. The headers must come first on standard output. Write everything else to standard error, which goes to the log: `print(…, file=sys.stderr)` in Python, `print STDERR` in Perl, `>&2` in a shell script.\n\nOr the header was printed first, and waited in a buffer: a language collects what it prints when standard output is no terminal. A program that the script starts, and bytes that it writes past the buffer, come at once. Flush before them.",
  reference: "RFC 3875 §6.2",
  logged: [
    apache.logs("badHeader", 500),
    lighttpd.silent("200 OK with the text and the headers in the body"),
    nginx.logs("badHeader", 502),
    unproved(go.logs("bogusLine", 500)),
  ],
  fixes: ["flush-output"],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad || hasOwnRule(bad.stopped.text) || bad.stopped.text.startsWith("<") || bad.stopped.text === "")
      return null;
    const field = nextCgiField(bad);
    if (field === null) return null;
    const isFirst = bad.stopped.from === 0;
    const past = isFirst ? pastBuffer(facts.file, bad.head.slice(0, field)) : null;
    const isInLine = field < bad.stopped.to && field > bad.stopped.from;
    const text = isInLine ? byteString(bad.stopped.text.slice(0, field - bad.stopped.from)) : bad.stopped.text;
    const where = isInLine ? "stands before the header in its line" : "is not a header";
    return {
      title: past?.title ?? (isFirst ? rule.title : "Something was printed among the headers"),
      detail: `${quoteBytes(text)} ${where}. The headers ${isFirst ? "begin" : "continue"} ${field - bad.stopped.from} bytes later. ${past?.cause ?? (isPrompt(facts.file?.source ?? "", text) ? asked : "Write such messages to standard error.")}`,
      fixes: past === null ? [] : ["flush-output"],
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
      evidence: processEvidence(facts),
    };
  },
};

const asked =
  "It is the question of `input()`, which asks on a keyboard: a CGI script has none. Read the value from `QUERY_STRING` or the body.";

/** Python prints it to standard output. */
const isPrompt = (source: string, text: string): boolean =>
  [...source.matchAll(/\binput\([ \t]*[rfu]?(["'])(.+?)\1/g)].some(
    ([, , prompt = ""]) => prompt.trim() !== "" && text.startsWith(prompt.trim()),
  );

/** Headers that were printed first and came later: they waited in the buffer of standard output. */
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
function pastBuffer(file: ScriptFile | null, before: string): PastBuffer | null {
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
