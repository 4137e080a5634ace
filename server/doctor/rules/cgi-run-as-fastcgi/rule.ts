// A CGI script in the mode "fastcgi": it answers on its standard output and ends, and nothing of that reaches the client.
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { stderrMatch } from "../../stderr-match.js";
import { text } from "./text.js";

export const cgiRunAsFastcgi: RuleLater = {
  id: "cgi-run-as-fastcgi",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    if (facts.notes.failure !== "cgi-program") return null;
    const header = stderrMatch(facts, /(?:[Cc]ontent-[Tt]ype|[Ss]tatus|[Ll]ocation)[ \t]*:[^\n]*/); // what it wrote beside FastCGI is there
    return { detail: facts.detail ?? text.summary, evidence: processEvidence(facts), ...header?.place };
  },
};
