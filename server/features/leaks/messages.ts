// What a script leaves behind for its next request, and what to do about it.
import type { Leak, LeakKind } from "../../contract/command-output.js";
import { defineMessages, type Message } from "../../contract/message.js";
import type { ModeTraits } from "../../contract/modes.js";

/** `place`: "shop.py, line 3"; null: not known. */
type Found = Pick<Leak, "name" | "before" | "after"> & {
  readonly place: string | null;
  readonly responder: ModeTraits["responder"];
};

const at = (place: string | null): string => (place === null ? "" : ` (${place})`);
const fromTo = ({ before, after, place }: Found): string =>
  before === null
    ? ` It is “${after}” now${at(place)}.`
    : after === null
      ? ` It was “${before}”, and is no longer there${at(place)}.`
      : ` It was “${before}”, and is “${after}” now${at(place)}.`;
const named = (what: string) => (found: Found) =>
  `${what}${found.name === "" ? "" : ` ${found.name}`} changed.${fromTo(found)}`;

export const leakMessage = defineMessages({
  attribute: (found: Found) =>
    `The ${found.responder} changed ${found.name}, which belongs to a module that stays.${fromTo(found)}`,
  growth: (found: Found) =>
    `${found.name} grows from request to request: from ${found.before} to ${found.after}${at(found.place)}.`,
  content: (found: Found) => `What ${found.name} contains changed${at(found.place)}.`,
  global: (found: Found) => `The global variable ${found.name} keeps its value for the next request.${fromTo(found)}`,
  module: (found: Found) =>
    `The ${found.responder} removed or replaced the loaded module ${found.name}${at(found.place)}.`,
  environment: named("The environment variable"),
  directory: named("The working directory"),
  umask: named("The umask"),
  signal: named("The handler of the signal"),
  "blocked-signals": ({ before, after, place }: Found) =>
    `The set of blocked signals changed: ${[after && `${after} added`, before && `${before} removed`].filter(Boolean).join(", ")}${at(place)}.`,
  timer: named("The timer"),
  locale: named("The locale"),
  "time-zone": named("The time zone"),
  "search-path": ({ name, before, after, place }: Found) =>
    `${name} changed: ${[after && `${after} added`, before && `${before} removed`].filter(Boolean).join(", ") || "another order"}${at(place)}.`,
  setting: named("The interpreter’s setting"),
  logging: named("The logger"),
  limit: named("The resource limit"),
  priority: named("The process’s priority"),
  user: named("The process’s user and group"),
  file: ({ name, after, place }: Found) => `${name} is still open when the request ends (${after})${at(place)}.`,
  thread: ({ name, place }: Found) => `The thread ${name} still runs when the request ends${at(place)}.`,
  child: ({ name, after, place }: Found) =>
    `The program ${name} still runs when the request ends (${after})${at(place)}.`,
  memory: ({ before, after }: Found) => `Every repetition needs more memory: ${before} at first, ${after} at last.`,
});

export const leakAdvice = defineMessages({
  "move-to-own-module":
    "Set it once, before the first request, or hand the value over as an argument. Or use prefork, where it ends with the request.",
  "reset-at-start":
    "Set it at the start of the script, before it is read. Or use prefork, where it ends with the request.",
  "restore-at-end":
    "Put it back before the script ends, also after an error. Or use prefork, where it ends with the request.",
  "bound-it": "Empty it at the start of the script, or limit its size. Or use prefork, where it ends with the request.",
  "close-it": "Close it before the script ends. Or use prefork, where it is closed with the request.",
  "wait-for-it": "Wait for it, or stop it, before the script ends.",
  "find-what-grows":
    "Look for a list, dictionary or cache that outlives the request, and limit it. Or use prefork, or replace the process in time with “requests” or “growMiB”.",
  "keep-in-request":
    "Keep it in a local variable, or hand it over as an argument: every later request to this process finds it.",
  "bound-for-all":
    "Limit its size, or move it to a place that all processes share, such as a database: each process has one of its own.",
  "restore-before-return": "Put it back before the function returns, also after an error.",
  "open-once": "Close it before the function returns, or open it once, when the file is loaded.",
  "wait-before-return": "Wait for it, or stop it, before the function returns.",
  "find-or-replace":
    "Look for a list, dictionary or cache that outlives the request, and limit it. Or replace the process in time with “requests” or “growMiB”.",
  "nothing-here":
    "This mode needs nothing. In a FastCGI loop of its own, and under mod_perl or mod_wsgi, the script has to put it back.",
});

type AdviceCode = Parameters<typeof leakAdvice>[0];
const adviceOf: Readonly<Record<LeakKind, AdviceCode>> = {
  attribute: "move-to-own-module",
  growth: "bound-it",
  content: "reset-at-start",
  global: "reset-at-start",
  module: "restore-at-end",
  environment: "restore-at-end",
  directory: "restore-at-end",
  umask: "restore-at-end",
  signal: "restore-at-end",
  "blocked-signals": "restore-at-end",
  timer: "restore-at-end",
  locale: "restore-at-end",
  "time-zone": "restore-at-end",
  "search-path": "restore-at-end",
  setting: "restore-at-end",
  logging: "restore-at-end",
  limit: "restore-at-end",
  priority: "restore-at-end",
  user: "restore-at-end",
  file: "close-it",
  thread: "wait-for-it",
  child: "wait-for-it",
  memory: "find-what-grows",
};

/** An application cannot run in prefork, and is no script that ends. */
const adviceForApplication: Readonly<Partial<Record<AdviceCode, AdviceCode>>> = {
  "move-to-own-module": "keep-in-request",
  "reset-at-start": "keep-in-request",
  "bound-it": "bound-for-all",
  "restore-at-end": "restore-before-return",
  "close-it": "open-once",
  "wait-for-it": "wait-before-return",
  "find-what-grows": "find-or-replace",
};

export type Change = Omit<Leak, "message" | "advice">;

/** `isPutBack`: the mode undoes it. */
export function leakOf(change: Change, isPutBack: boolean, responder: ModeTraits["responder"] = "script"): Leak {
  const { kind, name, before, after, file, line } = change;
  const place = file === null || line === null ? null : `${file}, line ${line}`;
  const forScript = adviceOf[kind];
  const code = responder === "application" ? (adviceForApplication[forScript] ?? forScript) : forScript;
  const advice: Message = leakAdvice(isPutBack ? "nothing-here" : code);
  return { ...change, message: leakMessage(kind, { name, before, after, place, responder }), advice };
}

/** Of what runs as CGI that is the truth; of an application the output of a process that has served nothing before. */
export const truthOf = (responder: ModeTraits["responder"]): string =>
  responder === "script" ? "CGI’s" : "that of a new process";

type Differs = {
  readonly run: string;
  readonly target: string;
  readonly truth: string;
  readonly cgi: string;
  readonly found: string;
};
export const outputMessage = defineMessages({
  status: ({ run, target, truth, cgi, found }: Differs) =>
    `${target}, ${run}: the status is ${found}, and ${truth} is ${cgi}.`,
  header: ({ run, target, name, truth, cgi, found }: Differs & { readonly name: string }) =>
    `${target}, ${run}: the header ${name} is ${found}, and ${truth} is ${cgi}.`,
  body: ({ run, target, offset, truth, cgi, found }: Differs & { readonly offset: number }) =>
    `${target}, ${run}: the body differs from byte ${offset} on: it is ${found}, and ${truth} is ${cgi}.`,
});
