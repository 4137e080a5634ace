// What the report says about a line of another server's configuration, and why nothing could be adopted.
import { defineMessages } from "../contract/message.js";
import { defineProblems } from "../contract/problem.js";

type Path = { readonly path: string };
type Name = { readonly name: string };

export const adoptMessage = defineMessages({
  "server-own": "The workbench does this itself, or does not need it.",
  "condition-false": ({ condition }: { readonly condition: string }) =>
    `The server skips this line: ${condition} does not hold.`,
  "not-reached": "No URL leads to this folder.",
  "other-host": ({ name }: Name) => `This line is for the host ${name}. Choose that one with --host.`,
  "unknown-directive": ({ name }: Name) => `The workbench does not know ${name}.`,
  "no-equivalent": ({ name }: Name) => `The workbench has no setting for ${name}.`,
  "malformed-directive": ({ name }: Name) => `${name} lacks a word, or has one that it cannot have.`,
  unclosed: ({ name }: Name) => `The section ${name} has no end.`,
  "line-not-utf-8": "The line is not valid UTF-8, and the workbench’s configuration has to be.",
  "pattern-not-understood": ({ pattern }: { readonly pattern: string }) =>
    `The pattern ${pattern} is not a list of plain names or paths, which is all that a route can have.`,
  "per-request": "The server decides this by each request’s headers or variables, which a route cannot.",
  "include-outside": ({ path }: Path) =>
    `${path} lies outside the folder of the configuration. Name its folder with --include to read it.`,
  "include-missing": ({ path, systemText }: Path & { readonly systemText: string }) =>
    `${path} was not read: ${systemText}.`,
  "include-too-large": ({ path }: Path) => `${path} is larger than 1 MiB.`,
  "include-cycle": ({ path }: Path) => `${path} includes itself.`,
  "too-many-files": "No more than 200 files are read, and no more than 16 within each other.",
  "too-many-lines": "No more than 20,000 lines are read.",
  "too-many-places": "No more than 1,000 paths and 1,000 sections are taken over, and no more than 64 in each other.",
  "undefined-variable": ({ name }: Name) => `Neither Define nor envvars sets ${name}.`,
  shadowed: ({ path }: Path) => `An earlier line covers ${path}, so the server never comes to this one.`,
  "route-refused": ({ path }: Path) => `No route can have the path ${path}.`,
  "own-port": "The workbench listens on a port of its own, so both servers can run.",
  "any-user": "Any user of the password file may sign in.",
  "sign-in-not-possible": "The workbench cannot ask for this kind of sign-in, so it refuses these requests.",
  "condition-refused": "The workbench cannot evaluate this condition, so it refuses these requests.",
  "by-address": "Decided for requests from this machine; others cannot reach the workbench.",
  "methods-not-told-apart": "The workbench does not tell methods apart.",
  "htaccess-not-read": ({ path }: Path) => `${path} is not read.`,
  "not-in-htaccess": ({ name }: Name) => `${name} belongs into the server’s own configuration.`,
  "options-without-equivalent": ({ name }: Name) => `The workbench has nothing like ${name}.`,
  "extension-everywhere": ({ name }: Name) => `The handler of ${name} holds for all folders in which such files run.`,
  "php-settings-differ": "One php-cgi runs the files of all folders, and other folders have other settings.",
  "runs-in-php-cgi": "php-cgi runs these files.",
  "own-error-page": "The status is the same, but the page is the workbench’s.",
  "media-type": ({ name }: Name) => `The workbench sends ${name} with the media type of its own table.`,
  "prefix-as-path": ({ path }: Path) =>
    `This holds for ${path} and what is below it here, and not for longer names, such as ${path}-2.`,
  "redirect-of-path-alone": "The workbench redirects this path alone, and not what is below it.",
  "gone-as-403": "The workbench answers with 403 here.",
  "other-processes": "The workbench decides how many processes run, and as which user: yours.",
  "signature-everywhere": "The workbench sets SERVER_SIGNATURE with the address.",
});

export const adoptProblem = defineProblems({
  "adopt-nothing-found": {
    message: ({ path }: Path) => `${path} has no configuration that could be read.`,
    fix: "Name a file such as apache2.conf or a site’s .conf, or the folder that holds it.",
  },
  "adopt-output-exists": {
    message: ({ path }: Path) => `${path} exists.`,
    fix: "Name a new file; this one is not replaced.",
  },
  "adopt-host-unknown": {
    message: ({ name }: Name & { readonly hosts: string }) => `No virtual host is called ${name}.`,
    fix: ({ hosts }: Name & { readonly hosts: string }) =>
      hosts === "" ? "Leave --host out." : `Choose one of these: ${hosts}.`,
  },
});
