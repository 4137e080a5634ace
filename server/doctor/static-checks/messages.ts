// Why the text of a script, or its syntax, was not checked.
import { defineMessages } from "../../contract/message.js";

type Program = { readonly program: string };

export const textMessage = defineMessages({
  "text-not-checked": ({ systemText }: { readonly systemText: string }) =>
    `The script was not searched for dangers: ${systemText}`,
});

export const uncheckedMessage = defineMessages({
  "perl-not-checked":
    "No syntax check for Perl: `perl -c` would run parts of the script. A request shows syntax errors.",
  "tcl-not-checked": "No syntax check for Tcl: Tcl reports errors only when it runs a script. A request shows them.",
  /** `program`: the interpreter's file name. */
  "syntax-check-failed": ({ program }: Program) =>
    `Syntax not checked: \`${program}\` could not be started, is too old, or did not finish in time.`,
  /** `program`: its path. */
  "interpreter-in-folder": ({ program }: Program) =>
    `Syntax not checked: \`${program}\` lies in the folder of the scripts. A check does not run what came with them.`,
  /** `program`: its path. */
  "interpreter-is-shim": ({ program }: Program) =>
    `Syntax not checked: \`${program}\` is a version manager's shim, and the folder could choose what it starts.`,
  "no-checker": "Syntax not checked: there is no program here that checks it without running the script.",
  "script-too-large": ({ maxMiB }: { readonly maxMiB: number }) =>
    `Syntax not checked: the script is larger than ${maxMiB} MiB.`,
});
