// What `leaks` prints for a terminal.
import type { Leak, LeaksReport } from "../contract/command-output.js";
import { defineMessages } from "../contract/message.js";
import { modeTraits } from "../contract/modes.js";

export const leaksMessage = defineMessages({
  alike: ({ mode }: { readonly mode: string }) =>
    `Every output in the mode ${mode} is CGI’s, cold, warm and in another order.`,
  differs: ({ mode }: { readonly mode: string }) => `Outputs in the mode ${mode} differ from CGI’s:`,
  "differs-by-leak":
    "The script found something that an earlier request left behind, or it depends on a process of its own. Correct the leaks, or use prefork, which isolates requests.",
  varies: ({ target, part, name }: { readonly target: string; readonly part: string; readonly name: string | null }) =>
    `${target}: CGI itself does not repeat the ${part}${name === null ? "" : ` ${name}`}. What differs from one CGI request to the next was left out of the comparison.`,
  leaks: "The next request finds this changed:",
  "no-leaks": "The script leaves nothing behind that the next request finds.",
  "put-back": ({ mode }: { readonly mode: string }) =>
    `The script changes this too, and the mode ${mode} puts it back. It would leak in a process that does not:`,
  "not-examined": "Outputs alone were compared: the agent did not report the state of the script’s process.",
});

export function leaksText(report: LeaksReport): string {
  const mode = modeTraits[report.mode].label;
  const { leaks, putBack, alike, differences, varies, stateExamined } = report;
  const paragraphs = [
    alike
      ? [leaksMessage("alike", { mode }).text]
      : [
          leaksMessage("differs", { mode }).text,
          ...differences.map(({ message }) => `  ${message.text}`),
          `  ${leaksMessage("differs-by-leak").text}`,
        ],
    varies.map((each) => leaksMessage("varies", each).text),
    !stateExamined
      ? [leaksMessage("not-examined").text]
      : leaks.length === 0
        ? [leaksMessage("no-leaks").text]
        : [leaksMessage("leaks").text, ...leaks.flatMap(withAdvice)],
    putBack.length === 0
      ? []
      : [leaksMessage("put-back", { mode }).text, ...putBack.map(({ kind, message }) => `  ${kind}: ${message.text}`)],
  ];
  return `${paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const withAdvice = ({ kind, message, advice }: Leak): string[] => [`  ${kind}: ${message.text}`, `    ${advice.text}`];
