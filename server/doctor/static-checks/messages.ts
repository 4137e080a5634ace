// Why the syntax of a script was not checked.
import { defineMessages } from "../../contract/message.js";

export const uncheckedMessage = defineMessages({
  "perl-not-checked":
    "No syntax check for Perl: `perl -c` would run parts of the script. A request shows syntax errors.",
  "tcl-not-checked": "No syntax check for Tcl: Tcl reports errors only when it runs a script. A request shows them.",
  /** `program`: the interpreter's file name. */
  "syntax-check-failed": ({ program }: { readonly program: string }) =>
    `Syntax not checked: \`${program}\` could not be started, or did not finish in time.`,
});
