// What `leaks` prints for a terminal.

import type { Leak, LeaksReport } from "../contract/command-output.js";
import { defineMessages, wordsOf } from "../contract/message.js";
import { type ModeTraits, modeTraits } from "../contract/modes.js";
import { truthOf } from "../features/leaks/messages.js";

type Compared = { readonly mode: string; readonly responder: ModeTraits["responder"] };

export const leaksMessage = defineMessages({
  alike: ({ mode, responder }: Compared) =>
    `Every output in the mode ${mode} is ${truthOf(responder)}, cold, warm and in another order.`,
  differs: ({ mode, responder }: Compared) => `In the mode ${mode} some output is not ${truthOf(responder)}:`,
  "differs-by-leak":
    "The script found something that an earlier request left behind, or it depends on a process of its own. Correct the leaks, or use prefork, which isolates requests.",
  "differs-by-application": "The application found something that an earlier request left behind. Correct the leaks.",
  varies: ({ target, part, name }: { readonly target: string; readonly part: string; readonly name: string | null }) =>
    `${target}: CGI itself does not repeat the ${part}${name === null ? "" : ` ${name}`}. What differs from one CGI request to the next was left out of the comparison.`,
  "varies-in-processes": ({ target, part, name }: LeaksReport["varies"][number]) =>
    `${target}: the ${part}${name === null ? "" : ` ${name}`} is another one in each new process. What differs from one process to the next was left out of the comparison.`,
  leaks: "The next request finds this changed:",
  "no-leaks": ({ responder }: Compared) => `The ${responder} leaves nothing behind that the next request finds.`,
  "put-back": ({ mode }: { readonly mode: string }) =>
    `The script changes this too, and the mode ${mode} puts it back. It would leak in a process that does not:`,
  "not-examined": "Outputs alone were compared: the agent did not report the state of the script’s process.",
});

export function leaksText(report: LeaksReport): string {
  const { label: mode, responder } = modeTraits[report.mode];
  const isApplication = responder === "application";
  const { leaks, putBack, alike, differences, varies, stateExamined } = report;
  const paragraphs = [
    alike
      ? [leaksMessage("alike", { mode, responder }).text]
      : [
          leaksMessage("differs", { mode, responder }).text,
          ...differences.map(({ message }) => `  ${wordsOf(message.text)}`),
          `  ${wordsOf(leaksMessage(isApplication ? "differs-by-application" : "differs-by-leak").text)}`,
        ],
    varies.map((each) => leaksMessage(isApplication ? "varies-in-processes" : "varies", each).text),
    !stateExamined
      ? [leaksMessage("not-examined").text]
      : leaks.length === 0
        ? [leaksMessage("no-leaks", { mode, responder }).text]
        : [leaksMessage("leaks").text, ...leaks.flatMap(withAdvice)],
    putBack.length === 0
      ? []
      : [
          leaksMessage("put-back", { mode }).text,
          ...putBack.map(({ kind, message }) => `  ${kind}: ${wordsOf(message.text)}`),
        ],
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const withAdvice = ({ kind, message, advice }: Leak): string[] => [
  `  ${kind}: ${wordsOf(message.text)}`,
  `    ${wordsOf(advice.text)}`,
];
