// Why a request target leads to no script and no file, why a script cannot run in the requested mode, and why a handler
// runs it.
import { defineMessages, type Message, wordsOf } from "../contract/message.js";
import {
  type AgentLanguage,
  callsApplication,
  type Mode,
  modeNames,
  modeTraits,
  onlyLanguageOf,
} from "../contract/modes.js";

type AtPath = { readonly path: string };
type OfName = { readonly name: string };
type ByRoute = { readonly route: string; readonly from?: readonly string[] };

/** A system error about a path; completes a sentence that begins with the path. */
const stats = {
  "not-found": () => "does not exist",
  "broken-link": ({ target }: { readonly target: string }) => `is a link to ${target}, which does not exist`,
  "not-searchable": () => "lies in a folder for which the workbench has no search permission",
  "circular-link": () => "is a link that leads in a circle",
  "stat-failed": ({ errno }: { readonly errno: string }) => `cannot be examined: ${errno}`,
  "not-a-file": () => "is not a file",
};
export type StatProblem =
  | { readonly code: "not-found" | "not-searchable" | "circular-link" }
  | { readonly code: "broken-link"; readonly target: string }
  | { readonly code: "stat-failed"; readonly errno: string };

/** Why a handler's interpreter runs a script: completes "since …". */
export const handlerReason = defineMessages({
  "no-shebang": "it has no shebang line",
  "byte-order-mark-first": "a byte order mark precedes its shebang line",
  "saved-as-utf-16": "it is UTF-16, in which no server finds a first line",
  "not-executable": "the file is not executable",
  "not-executable-no-shebang": "the file is not executable and has no shebang line",
  "not-executable-byte-order-mark": "the file is not executable and a byte order mark precedes its shebang line",
  "mode-needs-interpreter": ({ mode }: { readonly mode: string }) => `its mode is "${mode}"`,
});

/** Why nothing is served at a path. */
export const routeMessage = defineMessages({
  "not-a-path": "the target is not a path",
  "dot-segment": "the path has an empty or a dot segment",
  "not-found": ({ path }: AtPath) => `${path} ${stats["not-found"]()}`,
  "broken-link": ({ path, target }: AtPath & { readonly target: string }) =>
    `${path} ${stats["broken-link"]({ target })}`,
  "not-searchable": ({ path }: AtPath) => `${path} ${stats["not-searchable"]()}`,
  "circular-link": ({ path }: AtPath) => `${path} ${stats["circular-link"]()}`,
  "stat-failed": ({ path, errno }: AtPath & { readonly errno: string }) => `${path} ${stats["stat-failed"]({ errno })}`,
  "not-a-file": ({ name }: OfName) => `${name} is neither a file nor a folder, and is not served`,
  "needs-slash": ({ path }: AtPath) => `${path} is a folder, so its address ends in a slash`,
  "no-index": ({ path, names }: AtPath & { readonly names: readonly string[] }) =>
    `the folder ${path} has no index file: ${names.length === 0 ? "none is configured" : `looked for ${names.join(", ")}`}`,
  "path-below-file": ({ path }: AtPath) => `${path} is a file, not a folder, so no path can lie below it`,

  // The file exists, and is not served.
  "hidden-file": ({ name }: OfName) => `${name}: its name begins with a dot, and hidden files are never served`,
  "backup-file": ({ name }: OfName) => `${name}: it is a backup copy, and backup copies are never served`,
  "compiled-file": ({ name }: OfName) =>
    `${name}: it is a script's compiled copy, and compiled copies are never served`,
  "database-file": ({ name }: OfName) => `${name}: it is a database, and databases are never served`,
  "configuration-file": ({ name }: OfName) => `${name}: it is the workbench's configuration, which is never served`,
  "request-file": ({ name }: OfName) => `${name}: it holds requests or their variables, and is never served`,
  "password-file": ({ name }: OfName) => `${name}: it contains passwords and is never served`,
  /** `from`: the rules of `.htaccess` files that decided, "private/.htaccess:2"; absent: the configuration did. */
  "denied-by-route": ({ path, route, from }: AtPath & ByRoute) =>
    `${path}: ${from ? from.join(" and ") : `the route ${route}`} denies it${from ? "" : ' ("deny" in the configuration)'}`,
  "redirect-route": ({ route, location, from }: ByRoute & { readonly location: string }) =>
    `${from ? from.join(" and ") : `the route ${route}`} leads to ${location}`,
  "removed-meanwhile": ({ name }: OfName) => `${name}: it no longer exists`,
  "link-outside": ({ name, target }: OfName & { readonly target: string }) =>
    `${name}: it is a link that leads out of the folder, to ${target}; to allow it, list the target under "links" in the configuration`,

  // The folder is not trusted.
  "route-untrusted": ({ route }: { readonly route: string }) =>
    `the route ${route} leads elsewhere than to the folder's files, which waits until you trust the folder`,
  "handler-untrusted": ({ path }: AtPath) =>
    `the configuration names the program that runs ${path}, which waits until you trust the folder`,

  // Mistakes in the configuration.
  /** `mistake`: a sentence. */
  "configuration-invalid": ({ mistake }: { readonly mistake: string }) =>
    `the configuration may protect files, so nothing is served before it is valid: ${mistake}`,
  "route-invalid": ({ route, mistake }: { readonly route: string; readonly mistake: string }) =>
    `the route ${route} may protect files, so it serves nothing before it is valid: ${mistake}`,
  /** `problem`: a code of this table; `target` for "broken-link", `errno` for "stat-failed". */
  "routed-file-unusable": ({
    route,
    file,
    ...stat
  }: {
    readonly route: string;
    readonly file: string;
    readonly problem: keyof typeof stats;
    readonly target: string | null;
    readonly errno: string | null;
  }) =>
    `the route ${route} names the file ${file}, which ${stats[stat.problem]({ target: stat.target ?? "", errno: stat.errno ?? "" })}`,
  /** `program`: null when the configuration names none. */
  "interpreter-missing": ({
    path,
    because,
    program,
  }: AtPath & { readonly because: Message; readonly program: string | null }) =>
    `${path} needs an interpreter, since ${wordsOf(because.text)}; ${interpreterWords(program)}`,
  /** `why`: null when it is no script. */
  "action-unusable": ({ path, action, why }: AtPath & { readonly action: string; readonly why: Message | null }) =>
    `the handler of ${path} passes it to the script ${action}; ${why === null ? `${action} is not a script` : wordsOf(why.text)}`,

  // An earlier version of a script.
  /** `file`: of the script that the request led to once. */
  "version-elsewhere": ({ path, file }: AtPath & { readonly file: string }) =>
    `${path} no longer leads to the script ${file}, whose earlier version was asked for`,

  // Modes.
  /** `mode`: the only one in which it can be reached. */
  "external-only": ({ path, mode }: AtPath & { readonly mode: string }) =>
    `An external application responds at ${path}: a request can reach it only in the mode "${mode}".`,
  /** `from`: what names the program that runs the script; `language`: of that program, if it has an agent. */
  "no-agent": ({ path, mode, from, language }: NoAgent) => {
    const [runs, programs] = agentWords(modeTraits[mode].applications);
    return `The mode "${mode}" runs ${runs}, and the ${namers[from]} of ${path} does not name ${programs}. ${otherWays(mode, language)}`;
  },
  /** `switch`: of the interpreter, as they are written there. */
  "switch-refused": ({
    path,
    mode,
    from,
    ...of
  }: AtPath & { readonly mode: Mode; readonly from: "first-line" | "handler"; readonly switch: string }) =>
    `The mode "${mode}" cannot run ${path} with "${of.switch}", which its ${namers[from]} gives the interpreter. ${callsApplication(mode) ? "Remove it there." : chooseCgi}`,
  "first-line-carriage-return": ({ path }: AtPath) =>
    `The first line of ${path} ends in a carriage return, which the system takes as part of the interpreter's name or argument. Save the file with LF line endings.`,
  /** `extension`: of the scripts that the mode runs. */
  "mode-not-for-script": ({ path, mode, extension }: AtPath & { readonly mode: string; readonly extension: string }) =>
    `The mode "${mode}" runs ${extension} scripts, and ${path} is not one.`,
});

type NoAgent = AtPath & {
  readonly mode: Mode;
  readonly from: "first-line" | "handler";
  readonly language: AgentLanguage | null;
};
const chooseCgi = 'Choose the mode "cgi".';

/** An application cannot run as CGI. */
function otherWays(mode: Mode, language: AgentLanguage | null): string {
  const own = language && modeNames.find((each) => onlyLanguageOf(each) === language);
  return own && callsApplication(mode) ? `Choose the mode "cgi" for a script, "${own}" for an application.` : chooseCgi;
}

const namers = { handler: "handler", "first-line": "first line" };

function agentWords(applications: readonly AgentLanguage[]): readonly [runs: string, programs: string] {
  if (applications.length === 0) return ["Python, Perl and Ruby scripts", "python3, perl or ruby"];
  const titles = applications.map((language) => languageWords[language][0]).join(" and ");
  return [`${titles} applications`, applications.map((language) => languageWords[language][1]).join(" or ")];
}
const languageWords: Readonly<Record<AgentLanguage, readonly [title: string, program: string]>> = {
  python: ["Python", "python3"],
  perl: ["Perl", "perl"],
  ruby: ["Ruby", "ruby"],
};

function interpreterWords(program: string | null): string {
  if (program === null) return "the configuration names none for its extension";
  return program.includes("/")
    ? `${program} does not exist or cannot be executed`
    : `${program} was not found along PATH`;
}
