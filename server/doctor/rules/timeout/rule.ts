// The script was silent for longer than the limit and was ended.
import type { Mode } from "../../../contract/trace.js";
import { notAccepted } from "../../../trace/fastcgi-notes.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const timeout: RuleLater = {
  id: "timeout",
  text,
  when: "later",
  on: "failures",
  look: ({ outcome, detail, stdin, request, env, stdout, process, route, fastcgi }) => {
    if (outcome !== "timeout") return null;
    const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
    if (process !== null && promised > request.body.bytes) return null;
    const waits = request.body.bytes > (stdin?.bytes ?? 0);
    const deaf = fastcgi?.notes.includes(notAccepted) ? ` ${notAccepted} One that listens at an address of its own belongs to a route with that address.` : "";
    const { title, after } = wordsFor(route.mode, (stdout?.bytes ?? 0) > 0);
    return {
      title,
      detail: `${detail ?? "It wrote nothing within the limit."}${waits ? ` It had read ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""}${after}${deaf} The limit stands in cgi-workbench.json under limits.silenceMs.`,
      evidence: [{ kind: "quote", of: "stdout", text: `${stdout?.bytes ?? 0} bytes until then` }],
    };
  },
};

/** A process that is kept outlives the request, or is replaced after it; one that runs elsewhere is not ours to end. */
function wordsFor(mode: Mode | null, hasBegun: boolean): { readonly title: string; readonly after: string } {
  if (mode === "fastcgi-external")
    return {
      title: hasBegun ? "The application stopped in the middle of its response" : "The application did not answer in time",
      after:
        " The request was aborted (ABORT_REQUEST) and its connection closed; the application runs on, and may still be at it. See its log, and whether all of its processes are busy.",
    };
  if (mode === "fastcgi" || mode === "php-cgi")
    return {
      title: hasBegun ? "The application stopped in the middle of its response" : "The application took too long",
      after: " It was told to give the request up (ABORT_REQUEST); a process that does not is replaced.",
    };
  return { title: hasBegun ? "The script stopped in the middle of its response and was ended" : text.title, after: "" };
}
