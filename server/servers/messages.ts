// Why another server would answer as it does.
import { defineMessages } from "../contract/message.js";
import { defineProblems } from "../contract/problem.js";

type OfLine = { readonly line: string };
/** suEXEC’s documentation numbers its checks. */
const suexecChecks: Readonly<Record<number, string>> = {
  7: "the script belongs to root, and it runs nothing as root",
  8: "the script’s owner has a number below 100",
  9: "the script belongs to the group root",
  10: "the script’s group has a number below 100",
  12: "the script’s owner may not enter its folder",
  13: "the folder lies outside of /var/www, and is no user’s public_html",
  14: "others than the owner may write into the script’s folder",
  15: "the script is a link",
  16: "others than the owner may change the script",
  17: "the script is setuid or setgid",
  18: "script and folder differ in owner or group",
  20: "the script is not executable for its owner",
};

export const serverMessage = defineMessages({
  // The output is understood.
  "sends-output": "It understands the headers as they are, and sends the body.",
  "sends-status": ({ status }: { status: number }) => `It takes the status ${status} from the script.`,
  "passes-status": "It sends the script’s Status as the status line, whatever it says.",
  "sends-found": "Location without a Status becomes 302.",
  "sends-found-page":
    "Location without a Status becomes 302. It discards the script’s body and writes a page of its own.",
  "sends-all-as-body": "It finds no headers and sends every byte as the body.",
  "sends-all-as-body-or-fails":
    "It finds no blank line after the headers and sends every byte as the body. It answers 500 when the script’s end comes together with its output.",
  "blank-line-first": "The first line is blank, so there are no headers: all the rest is the body.",
  "ignores-lines": ({ line }: OfLine) => `It leaves out what it cannot read as a header, such as ${line}, and goes on.`,
  "keeps-status-line": "It takes the status from the line that begins with HTTP/.",
  "sends-output-unread":
    "It sends its status line before the script runs, and never reads what the script writes: the client does.",
  "adds-status-line":
    "It reads only the first bytes of the output: Status there becomes the status line, all else is passed on.",
  "unparsed-by-name": "The name begins with nph-: it passes every byte on unread.",
  "body-cut": "It sends as much of the body as Content-Length says.",
  // The output, or the request, is refused.
  "output-empty": "The script wrote nothing.",
  "output-unfinished": "The output ends before the blank line after the headers.",
  "line-not-header": ({ line }: OfLine) => `Each line before the blank line must be a header, and ${line} is not.`,
  "line-too-long": "A line of the headers is too long.",
  "headers-too-large": "The headers are too large.",
  "name-not-allowed": ({ line }: OfLine) => `The header’s name in ${line} has a character that it does not allow.`,
  "value-not-allowed": ({ line }: OfLine) => `The header’s value in ${line} has a character that it does not allow.`,
  "status-not-understood": ({ value }: { value: string }) => `It cannot read the status ${value}.`,
  "status-not-understood-body": ({ value }: { value: string }) =>
    `It cannot read the status ${value}, and sends 500 with the script’s body.`,
  "type-missing": "It needs a Content-Type, a Status or a Location.",
  "two-lengths": "Content-Length and Transfer-Encoding contradict each other.",
  "cannot-start": "The system does not start the script.",
  "file-missing": "There is no such file.",
  "slash-encoded": "It refuses %2F in the path.",
  "method-refused": "It does not know the method.",
  "body-with-get": "It refuses a body with GET or HEAD.",
  "chunked-refused": "It refuses a body that comes in chunks.",
  "served-like": ({ name }: { name: string }) => `Variables and response are as on ${name}, as \`serveLike\` asks.`,
  // Permissions refuse it.
  "file-not-permitted": (at: Record<"user" | "to" | "path" | "mode" | "owner", string>) =>
    `${at.user} may not ${at.to} ${at.path}: it belongs to ${at.owner}, with mode ${at.mode}.`,
  "suexec-refuses": ({ check }: { readonly check: number }) =>
    `suEXEC would refuse it by check ${check}: ${suexecChecks[check]}.`,
  // Seen on the real server.
  "seen-otherwise":
    "The response differs from the prediction, which takes the script to write the same bytes everywhere.",
  "seen-unpredicted": "This is the response of the real server; there is no prediction for it.",
  "seen-cut": "The response had not ended after 10 s, or is larger than 16 MiB. This is its beginning.",
  "server-not-installed": ({ program }: { program: string }) => `${program} is not installed here.`,
  "no-source-port": "The real server would answer other users of this machine, too: this system cannot prevent it.",
  "server-not-started": ({ systemText }: { systemText: string }) => `The real server did not start: ${systemText}`,
  "name-not-writable": "The path has a character that no configuration can hold.",
  "name-without-ending": "It knows scripts by the ending of their name, and this name has none.",
  "not-started-here": "This prediction is made from the server’s documentation; CGI Workbench cannot start the server.",
  "script-elsewhere": "It finds scripts by their path alone, and this one is served at another.",
  // Not known.
  "not-known-local-redirect": ({ path }: { path: string }) =>
    `It would answer with what ${path} leads to, within the server. Ask for that path to see it.`,
  "not-known-output": "Not all of the script’s output was kept.",
  "not-known-run": "The script did not run to its end as CGI, so there is no output to read.",
  "not-known-file": "It was a request for a file, and ran no script.",
  "not-known-condition": "The request has a condition or asks for a part, and the server decides on it.",
  "not-known-shell": "It starts a file without #! with the shell, and what that writes is not known.",
  "not-known-interim": "A status below 200 from a script is not predicted.",
  "not-known-type": "It guesses the type from the body, and this one is not predicted.",
  "not-known-status": "Several Status headers contradict each other.",
  "not-known-length": "A body that is longer than its Content-Length is not predicted here.",
  "not-known-date": "Whether it takes this Last-Modified is not predicted.",
});

export const serverProblem = defineProblems({
  "server-not-trusted": {
    message: ({ path }: { readonly path: string }) => `${path} is not trusted, so no real server runs its scripts.`,
    fix: "Trust the folder first.",
  },
});
