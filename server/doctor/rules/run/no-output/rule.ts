// The script exited normally and wrote nothing.
import { wordsOf } from "../../../../contract/message.js";
import { traitsOf } from "../../../../contract/modes.js";
import { noHeadersInGo, nothingWrittenLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { uncalledApplication } from "../../../evidence/application.js";
import { wroteNothing } from "../../../evidence/output.js";
import { processEvidence, workerExit } from "../../../evidence/process.js";
import { lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script wrote nothing",
  summary: "The script exited without an error, but stdout is empty, so there is no response.",
  explanation:
    "A CGI script responds by writing to standard output: the headers, a blank line, then the body. This script wrote nothing there and exited with code 0. Look for a branch that prints nothing, for output that goes to a file or to standard error, or for an exit that discards the output buffer (`os._exit` in Python, `exec` in Perl).",
  reference: "RFC 3875 §6.2",
  logged: [...nothingWrittenLogged(null), ...noHeadersInGo],
  on: "failures",
  check: (facts) => {
    const isExternal = traitsOf(facts.route.mode)?.isExternal;
    if (!wroteNothing(facts) || (facts.process === null && !isExternal) || processEvidence(facts).length > 0)
      return null;
    if (facts.notes.failure === "cgi-program") return null; // it did write, but not FastCGI records
    if (uncalledApplication(facts) !== null) return null; // has a rule of its own
    const stderrLine = lastStderrLine(facts);
    const fact =
      (isExternal ? facts.cause?.text : workerExit(facts)) ?? "The script exited normally, but stdout is empty.";
    return {
      detail: `${wordsOf(fact)} A response needs at least \`Content-Type: …\` and a blank line.${lastLineSentence(stderrLine)}`,
      stream: stderrLine ? "stderr" : "stdout",
      range: stderrLine?.range ?? null,
      line: stderrLine?.line ?? null,
    };
  },
};
