// A CGI script in the mode "fastcgi": it answers on its standard output and ends, and nothing of that reaches the client.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const cgiRunAsFastcgi: RuleLater = {
  id: "cgi-run-as-fastcgi",
  text,
  when: "later",
  on: "failures",
  look: ({ notes, detail, process }) => {
    if (notes.failure !== "cgi-program") return null;
    const ended =
      process && (process.exitCode !== null || process.signal !== null)
        ? [{ kind: "process" as const, exitCode: process.exitCode, signal: process.signal }]
        : [];
    return { detail: detail ?? text.summary, evidence: ended };
  },
};
