// What a measurement says, and why there is none.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

export const measureProblem = defineProblems({
  "not-trusted": {
    message: (_: { readonly path: string }) => "The folder is not trusted, so its scripts are not measured.",
    fix: "Trust the folder first.",
  },
  "already-measuring": {
    message: "Another measurement is running. Two at once would disturb each other.",
    fix: "Wait until it has ended, or cancel it.",
  },
  "other-script": {
    message: ({ path, target }: { readonly path: string; readonly target: string }) =>
      `${target} does not lead to ${path}.`,
    fix: "Enter a target that leads to this script.",
  },
  "other-settings": {
    message: ({ target }: { readonly target: string }) =>
      `The configuration gives ${target} other variables, or another sign-in, than the file beside the script.`,
    fix: "Enter the path of the script's own file, or give both the same settings.",
  },
  "version-not-kept": {
    message: ({ path }: { readonly path: string }) => `That version of ${path} is no longer kept.`,
    fix: "Choose another one.",
  },
  "text-not-in-encoding": {
    message: ({ encoding }: { readonly encoding: string }) => `The text has characters that ${encoding} does not have.`,
    fix: "Replace them, or choose another encoding.",
  },
  "version-not-written": {
    message: ({ path, errno }: { readonly path: string; readonly errno: string }) =>
      `The other version could not be written beside the script: ${path}, ${errno}.`,
    fix: "Check the folder's permissions and the free space on its disk.",
  },
  "measurement-not-kept": {
    message: ({ path, errno }: { readonly path: string; readonly errno: string }) =>
      `The measurement could not be written: ${path}, ${errno}.`,
    fix: "Check the file's permissions and the free space on its disk.",
  },
});

type LeftOut = { readonly mode: string; readonly leaks: number };

/** After the sentence of the benchmark, about modes that it did not compare; or in its place. */
export const verdictMessage = defineMessages({
  /** In the words of the benchmark. */
  measured: ({ text }: { readonly text: string }) => text,
  "left-out-leaks": ({ mode, leaks }: LeftOut) =>
    `${mode} was left out: the script leaves ${counted(leaks)} behind for its next request. Correct that, then measure again.`,
  "left-out-differs": ({ mode }: { readonly mode: string }) =>
    `${mode} was left out: its outputs are not those of CGI.`,
  "left-out-not-examined": ({ mode }: { readonly mode: string }) =>
    `${mode} was left out: what the script leaves behind in its wrapper was not examined.`,
  "left-out-settings": ({ mode }: { readonly mode: string }) =>
    `${mode} was left out: the configuration gives its file other variables, or another sign-in, than the target.`,
  "left-out-fails": ({ mode }: { readonly mode: string }) => `${mode} was left out: requests failed.`,
  "one-mode": ({ mode }: { readonly mode: string }) =>
    `Choose ${mode}: in no other mode that was measured does the script work as it does as CGI.`,
  "saved-meanwhile":
    "One of the two was saved while they were measured, so there is nothing to compare. Measure both again.",
  "no-mode": "No mode is recommended: requests failed in each mode that was measured.",
  "all-left-out": "No mode is recommended: each was left out.",
  /** An application has no other mode, and a script in a language without an agent has CGI alone. */
  "only-way": ({ mode }: { readonly mode: string }) =>
    `Only ${mode} was measured, so there is no other mode to compare it with.`,
  "alone-leaks": ({ mode, leaks }: LeftOut) =>
    `As ${mode}, the application leaves ${counted(leaks)} behind for its next request. Correct that, then measure again.`,
  "alone-differs": ({ mode }: { readonly mode: string }) =>
    `As ${mode}, the application's outputs are not those of a new process.`,
});

const counted = (leaks: number): string => (leaks === 1 ? "something" : `${leaks} things`);
