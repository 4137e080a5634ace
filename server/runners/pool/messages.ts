// Why an application with worker processes does not serve a request: what happened, its last output, and what to do.
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type Exited = { readonly exitCode: number | null; readonly signal: string | null };

/** "ended with exit code 1", "was ended by SIGKILL". */
const exitWords = ({ exitCode, signal }: Exited): string =>
  signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;

type AtStart = Exited & { readonly application: string };
const atStart = ({ application, ...exit }: AtStart): string =>
  `${application} ${exitWords(exit)} before it had answered a request.`;
const saidWords = (said: string | null): string => (said === null ? "It wrote nothing." : `It wrote: “${said}”.`);

export const poolMessage = defineMessages({
  /** `said`: its last output; null: none. */
  "ended-at-start": ({ said, ...start }: AtStart & { readonly said: string | null }) =>
    `${atStart(start)} ${saidWords(said)} ${start.exitCode === 0 ? "A FastCGI application keeps running and accepts one request after the other on descriptor 0." : "Fix that, and send again."}`,
  /** `header`: a CGI header that it wrote; null: it tried to read the request from its standard input. */
  "cgi-program": ({
    said,
    header,
    ...start
  }: AtStart & { readonly said: string | null; readonly header: string | null }) =>
    `${atStart(start)} ${header === null ? saidWords(said) : `It wrote a CGI header, “${header}”, to its standard output.`} It is a plain CGI program. Switch it back to CGI.`,
  "died-in-request": ({
    worker,
    pid,
    fact,
    ...exit
  }: Exited & { readonly worker: string; readonly pid: number; readonly fact: Message }) =>
    `Worker ${worker} (process ${pid}) ${exitWords(exit)} in the middle of the request. ${wordsOf(fact.text)}`,
  "restart-pending": ({ failure, restartsInMs }: { readonly failure: Message; readonly restartsInMs: number }) =>
    `${wordsOf(failure.text)} (The next start is in ${(restartsInMs / 1000).toFixed(1)} s.)`,
});

type Worker = { readonly application: string; readonly worker: string };

/** What the log says of workers. */
export const workerNote = defineProblems({
  "socket-removed": {
    message: ({ application, worker }: Worker) =>
      `${application}: the socket file of worker ${worker} was removed, so no request could reach it. The worker was replaced.`,
  },
  "worker-ended-early": {
    message: ({
      application,
      worker,
      pid,
      restartsInMs,
      ...exit
    }: Worker & Exited & { readonly pid: number; readonly restartsInMs: number }) =>
      `${application}: worker ${worker} (process ${pid}) ${exitWords(exit)}. It restarts in ${restartsInMs} ms at the earliest.`,
  },
  /** `line`: what a process wrote outside FastCGI while it served no request. */
  "worker-wrote": {
    message: ({ application, worker, line }: Worker & { readonly line: string }) =>
      `${application}, worker ${worker}: ${line}`,
  },
});

type Script = { readonly script: string };

/** Why worker processes cannot be restarted. */
export const workerMessage = defineProblems({
  "no-workers": {
    code: "not-found",
    message: ({ script }: Script) => `${script} has no worker processes.`,
    fix: "Its first request starts them.",
  },
  "worker-ended": {
    code: "not-found",
    message: ({ script, worker }: Script & { readonly worker: string }) =>
      `${script} no longer has a worker ${worker}.`,
    fix: "Choose one from the list.",
  },
});
