// Why an assistant does not get what it asked for.
import { type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

export const assistantMessage = defineProblems({
  "assistants-refused": {
    message: "The user refuses assistants.",
    fix: "The user can allow them in CGI Workbench, under “Connect an assistant…”.",
  },
  "folder-not-trusted": {
    message: ({ folder }: { readonly folder: string }) => `${folder} is not trusted, so no script was started.`,
    fix: "The user can trust it in CGI Workbench; an assistant cannot.",
  },
  "query-mistaken": {
    message: ({ why }: { readonly why: Message }) => `The query has a mistake: ${wordsOf(why.text)}`,
  },
  "query-reads-secrets": {
    message: "The query compares what may hold a secret.",
    fix: "Leave out body:, stderr:, values of header: and env:, and words or paths after a minus.",
  },
  "script-not-shown": { message: ({ path }: { readonly path: string }) => `${path} is no script that can be shown.` },
  "still-runs": {
    message: (_: { readonly trace: string }) => "This request still runs.",
    fix: "Ask again when it has ended.",
  },
  "no-failure": { message: "No request has failed." },
  "tool-mistaken": {
    message: ({ path, why }: { readonly path: string; readonly why: string }) => `${path} describes no tool: ${why}`,
  },
  "tool-failed": {
    message: ({ status, trace }: { readonly status: number | null; readonly trace: string }) =>
      status === null ? `The script gave no response. Trace ${trace} says why.` : `Status ${status}. Trace ${trace}.`,
  },
  "tool-answer-large": {
    message: ({ bytes }: { readonly bytes: number }) => `The answer has ${bytes} bytes, more than the trace keeps.`,
  },
});
