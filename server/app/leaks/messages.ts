// What a script leaves behind for its next request, and what to do about it.
import type { Leak, LeakKind } from "../../contract/command-output.js";
import { defineMessages, type Message } from "../../contract/message.js";

/** `place`: "shop.py, line 3"; null: not known. */
type Found = Pick<Leak, "name" | "before" | "after"> & { readonly place: string | null };

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
    `The script changed ${found.name}, which belongs to a module that stays.${fromTo(found)}`,
  growth: (found: Found) =>
    `${found.name} grows from request to request: from ${found.before} to ${found.after}${at(found.place)}.`,
  content: (found: Found) => `What ${found.name} contains changed${at(found.place)}.`,
  global: (found: Found) => `The global variable ${found.name} keeps its value for the next request.${fromTo(found)}`,
  module: (found: Found) => `The script removed or replaced the loaded module ${found.name}${at(found.place)}.`,
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
  "nothing-here":
    "This mode needs nothing. In a FastCGI loop of its own, and under mod_perl or mod_wsgi, the script has to put it back.",
});

const adviceOf: Readonly<Record<LeakKind, Parameters<typeof leakAdvice>[0]>> = {
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

export type Change = Omit<Leak, "message" | "advice">;

/** `isPutBack`: the mode undoes it. */
export function leakOf(change: Change, isPutBack: boolean): Leak {
  const { kind, name, before, after, file, line } = change;
  const place = file === null || line === null ? null : `${file}, line ${line}`;
  const advice: Message = leakAdvice(isPutBack ? "nothing-here" : adviceOf[kind]);
  return { ...change, message: leakMessage(kind, { name, before, after, place }), advice };
}

type Differs = { readonly run: string; readonly target: string; readonly cgi: string; readonly found: string };
export const outputMessage = defineMessages({
  status: ({ run, target, cgi, found }: Differs) => `${target}, ${run}: the status is ${found}. CGI’s is ${cgi}.`,
  header: ({ run, target, name, cgi, found }: Differs & { readonly name: string }) =>
    `${target}, ${run}: the header ${name} is ${found}. CGI’s is ${cgi}.`,
  body: ({ run, target, offset, cgi, found }: Differs & { readonly offset: number }) =>
    `${target}, ${run}: the body differs from byte ${offset} on: ${found}. CGI’s: ${cgi}.`,
});
