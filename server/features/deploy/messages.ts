// Why no kit was written, and what is said before one is.
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";
import type { StateKind } from "./hidden-state.js";

type Path = { readonly path: string };
type To = { readonly target: string };

export const deployProblem = defineProblems({
  "kit-program-refused": {
    message: ({ path, name }: Path & { readonly name: string }) =>
      `The first line of ${path} names a program that no package can have: ${name}.`,
    fix: "Name an interpreter such as /usr/bin/python3.",
  },
  "kit-name-refused": {
    message: ({ name, target }: { readonly name: string } & To) =>
      `The configuration of ${target} cannot have this name: ${name}.`,
    fix: "Rename it, or choose another server.",
  },
  "kit-host-invalid": {
    message: ({ name }: { readonly name: string }) => `${name} is not the name of a host.`,
    fix: "Give a name such as shop.example: lower-case letters, digits and hyphens, joined by dots.",
  },
  "kit-folder-refused": {
    message: ({ path }: Path) => `${path} exists and is not an empty folder.`,
    fix: "Name a new folder.",
  },
  "kit-not-written": {
    message: ({ path, systemText }: Path & { readonly systemText: string }) =>
      `${path} cannot be written: ${systemText}.`,
  },
  "kit-not-trusted": {
    message: ({ path }: Path) => `${path} is not trusted, so what its configuration protects is not known.`,
    fix: "Trust the folder first.",
  },
  "kit-list-cut": {
    message: ({ maxEntries }: { readonly maxEntries: number }) =>
      `The folder has more than ${maxEntries} entries, so a kit would miss some.`,
    fix: "Open a folder further down.",
  },
  "kit-mode-refused": {
    message: ({ path, mode, target }: Path & To & { readonly mode: string }) =>
      `${target} cannot run ${path} in the mode ${mode}.`,
    fix: "Choose another server, or make a CGI script of it with “cgi-workbench wrap --cgi”.",
  },
  "kit-no-scripts": {
    message: ({ path }: Path) => `${path} has no script that another server could run.`,
    fix: "A script needs a first line such as #!/usr/bin/env python3.",
  },
  "kit-sign-in-refused": {
    message: ({ path, target }: Path & To) => `${path} requires a sign-in, which the kit for ${target} cannot ask for.`,
    fix: "Choose Apache, nginx or lighttpd.",
  },
  "kit-host-refused": {
    message: ({ name, target }: { readonly name: string } & To) =>
      `${target} answers requests for whatever host, so a kit for it cannot be for ${name} alone.`,
    fix: "Leave the host out, or choose another server.",
  },
  "kit-field-refused": {
    message: ({ path, line, field }: Path & { readonly line: number; readonly field: string }) =>
      `${path}, line ${line}, responds with a field that the classic watchdog of OpenFaaS cannot send: ${field}.`,
    fix: "Choose Knative, which sends whole responses.",
  },
  "kit-waits": {
    message: ({ path, why }: Path & { readonly why: Message }) =>
      `Requests do not reach ${path} now: ${wordsOf(why.text)}.`,
    fix: "Correct the folder’s configuration first.",
  },
  "kit-variable-differs": {
    message: ({ name }: { readonly name: string }) => `The variable ${name} has different values in two scripts.`,
    fix: "Give it one value, or make a kit for each script.",
  },
});

/** Most names that a sentence lists. */
const maxListed = 20;
const listed = (names: readonly string[]): string =>
  names.length <= maxListed
    ? names.join(", ")
    : `${names.slice(0, maxListed).join(", ")} and ${names.length - maxListed} others`;

type Paths = { readonly paths: readonly string[] };
type Where = { readonly where: keyof typeof consequences };
type State = Path & Where & { readonly line: number; readonly kind: StateKind };
const kept: Readonly<Record<StateKind, string>> = {
  session: "keeps sessions in files",
  upload: "keeps an uploaded file",
  database: "keeps a database in a file",
  file: "writes a file",
};
const consequences = {
  machine: "Its folder must belong to the scripts’ user.",
  image: "The files of an image cannot be written, and what a container writes ends with it: mount a volume there.",
  many: "Each machine would have a file of its own: keep this in a database server, or mount a volume that they share.",
} as const;

/** Said before the kit is written. */
export const deployNote = defineMessages({
  "runs-as-cgi": ({ path, mode, target }: Path & To & { readonly mode: string }) =>
    `${target} runs ${path} as CGI, not in the mode ${mode}: each request starts a process.`,
  "not-run-there": ({ paths }: Paths) =>
    `No server starts these files, so no request reaches them: ${listed(paths)}. A script is executable and has a first line that names its interpreter.`,
  "web-sockets-left": ({ paths }: Paths) =>
    `These scripts are left out, because they exchange messages over WebSockets, which only the workbench offers: ${listed(paths)}.`,
  "left-out": ({ paths, target }: To & Paths) =>
    `These files are left out, because ${target} would send them to everybody: ${listed(paths)}.`,
  "refused-here": ({ paths }: Paths) =>
    `These files are left out, because the workbench refuses to send them and no script names them: ${listed(paths)}.`,
  "not-named": ({ paths }: Paths) =>
    `These files and folders are left out, because their names are not UTF-8: ${listed(paths)}.`,
  "keeps-state": ({ path, line, kind, where }: State) => `${path}, line ${line}, ${kept[kind]}. ${consequences[where]}`,
  "wrote-files": ({ path, names, where }: Path & Where & { readonly names: readonly string[] }) =>
    `${path} wrote these files while recorded requests ran: ${listed(names)}. ${consequences[where]}`,
  "settings-left": ({ settings }: { readonly settings: readonly string[] }) =>
    `The kit does not have these settings: ${listed(settings)}.`,
  "no-files-there": ({ target }: To) => `${target} sends no files: only the scripts are reached.`,
  "not-tried": ({ target, version }: To & { readonly version: string }) =>
    `The kit for ${target} needs version ${version} or later, and was not run in the tests.`,
  "environment-passed-on": ({ target }: To) =>
    `${target} passes its own environment on to the scripts, beside the variables of the request.`,
  "is-function": ({ path, id, type }: Path & { readonly id: string; readonly type: string }) =>
    `${path} is the function ${id}: its requests go to /function/${id}. The watchdog answers no HEAD and no OPTIONS, and sends every response whole, with the status 200 and the type ${type}; where the script wants another status or type, the response is 500, and the log says why.`,
  "secrets-empty": ({ names }: { readonly names: readonly string[] }) =>
    `The kit does not have the values of these variables, which may be secret or belong to this machine: ${listed(names)}. Fill them in there.`,
});
