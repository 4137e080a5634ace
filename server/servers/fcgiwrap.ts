// fcgiwrap 1.1 between a server that speaks FastCGI and a script: it makes the line ends CR LF, and writes a page of
// its own where there is nothing to pass on.
import type { Message } from "../contract/message.js";
import type { Answer } from "./answer.js";
import { serverMessage } from "./messages.js";
import { fcgiwrapSays, filled } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

interface Wrapped {
  readonly output: string;
  /** The script's own standard error comes before. */
  readonly log: readonly string[];
  /** Why the output is not the script's; null: it is. */
  readonly why: Message | null;
}

/** What a server makes of the output that fcgiwrap passes on. */
export const behindFcgiwrap =
  (read: (run: ServerRun, output: string) => Answer) =>
  (run: ServerRun): Answer => {
    const { output, log, why } = fcgiwrapped(run);
    const answer = read(run, output);
    return why === null || !answer.isKnown ? answer : { ...answer, log: [...answer.log, ...log], why };
  };

function fcgiwrapped(run: ServerRun): Wrapped {
  if (run.failure === "not-found" || run.failure === "not-executable")
    return page("403 Forbidden", "403 Forbidden\r", run.failure === "not-found" ? "file-missing" : "cannot-start", [
      fcgiwrapSays.notExecutable,
    ]);
  if (run.failure !== null)
    return page("502 Bad Gateway", "502 Bad Gateway\r", "cannot-start", [
      filled(fcgiwrapSays.execFailed, { S: run.file }),
    ]);
  if (run.stdout === "") return page("502 Bad Gateway", fcgiwrapSays.noOutput, "output-empty");
  if (/^[\r\n]/.test(run.stdout)) return page("502 Bad Gateway", fcgiwrapSays.blankFirst, "blank-line-first");
  return { output: withLineEnds(run.stdout), log: [], why: null };
}

const page = (
  status: string,
  body: string,
  why: "file-missing" | "cannot-start" | "output-empty" | "blank-line-first",
  log: readonly string[] = [],
): Wrapped => ({
  output: `Status: ${status}\r\nContent-Type: text/plain\r\n\r\n${body}\n`,
  log,
  why: serverMessage(why),
});

type State = "header" | "cr" | "lf" | "cr after lf" | "end";
/** fcgiwrap's header_state_machine: the next state after another byte, a CR and an LF, and what is written for it. */
const lineEnds: Readonly<Record<Exclude<State, "end">, readonly (readonly [State, string])[]>> = {
  header: [
    ["header", "*"],
    ["cr", "\r"],
    ["lf", "\r\n"],
  ],
  cr: [
    ["header", "\n*"],
    ["cr", ""],
    ["lf", "\n"],
  ],
  lf: [
    ["header", "*"],
    ["cr after lf", "\r"],
    ["end", "\r\n"],
  ],
  "cr after lf": [
    ["end", "\n*"],
    ["cr", ""],
    ["end", "\n"],
  ],
};

/** The output as fcgiwrap passes it on: headers end with CR LF, also for a CR alone. */
function withLineEnds(output: string): string {
  let text = "";
  let state: State = "header";
  for (let at = 0; at < output.length; at++) {
    if (state === "end") return text + output.slice(at);
    const byte = output.charAt(at);
    const [next, written]: readonly [State, string] = lineEnds[state][byte === "\r" ? 1 : byte === "\n" ? 2 : 0] ?? [
      "end",
      "*",
    ];
    text += written.replace("*", () => byte);
    state = next;
  }
  return text;
}
