// A script calls sendmail or mail by its path, or port 25 of a server, so it was not started.
import { exchangeMessage } from "../../../../http/exchange/messages.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "error",
  title: "The script would send real mail",
  summary:
    "The script calls `sendmail` or `mail` by its path, or port 25 of a server, so what it sends would leave this machine. It was not started.",
  explanation:
    'CGI Workbench puts a `sendmail` and a `mail` of its own first on the `PATH` of scripts, and gives scripts that speak SMTP a port of its own in `SMTP_HOST` and `SMTP_PORT`. They keep each mail in the trace. A path such as `/usr/sbin/sendmail`, or port 25 of a server, leads past them, to a program that sends the mail to whoever the form names.\n\nCall the program by its name, and connect to `SMTP_HOST` and `SMTP_PORT` where they are set. On a server it is found all the same if its folder is on the `PATH`; Perl with `-T` demands that the script sets `PATH` itself. Or let scripts send: `"mail": "real"` in cgi-workbench.json.',
  logged: passedOnByAll,
  fixes: ["call-sendmail-by-name", "take-smtp-from-environment"],
  about: "refused",
  check: ({ cause }) => {
    if (!exchangeMessage.is(cause, "mail-not-caught")) return null;
    const { line, path } = cause?.data ?? {};
    const fix = /\/(?:sendmail|mailx?)$/.test(String(path)) ? "call-sendmail-by-name" : "take-smtp-from-environment";
    return { detail: cause?.text ?? "", line: typeof line === "number" ? line : null, fixes: [fix] };
  },
};
