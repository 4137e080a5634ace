// What is wrong in a file of requests, or in the environments beside it.
import { defineMessages } from "../../contract/message.js";

type Text = { readonly text: string };
type Name = { readonly name: string };

export const httpFileMessage = defineMessages({
  "target-missing": "The request has no target. Write GET /cgi-bin/cart.py.",
  "target-space": "The target has a space. Write %20.",
  "target-form": ({ target }: { readonly target: string }) =>
    `“${target}” is not a target. Begin it with / or with http://.`,
  "http-version-unsupported": ({ version }: { readonly version: string }) =>
    `The request is sent as HTTP/1.1, not as ${version}.`,
  "line-without-colon": "This line is not a header: it has no colon. A body begins after a blank line.",
  "header-name-invalid": ({ name }: Name) => `“${name}” is not a header name.`,
  "variable-without-name": "A variable is written @name = value.",
  "file-in-body": "A file can only be the whole body, or a part of multipart/form-data.",
  "curl-command": "This is a cURL command. Paste it into the composer and save the request.",
  "graphql-request":
    'GraphQL is not translated. Write its JSON, {"query": …, "variables": …}, with Content-Type: application/json.',
  "protocol-other": ({ method }: { readonly method: string }) => `${method} is not HTTP, so it is not sent.`,
  "requests-elsewhere": "The requests of another file are not run from here. Run that file.",
  "foreign-check": "“??” is a check of another tool. Write # @assert status == 200.",
  "check-in-body": ({ directive }: { readonly directive: string }) =>
    directive === "name"
      ? "“@name” is in the body, where it names nothing. A request begins with ###: write ### above this line."
      : `“@${directive}” is in the body, where it checks and captures nothing. Move it above the request line or among the headers.`,
  "text-behind-trailer":
    "This line follows the end of the body (“> {%” or “<>”) and would not be sent. Move the body to a file.",
  "directive-unknown": ({ directive }: { readonly directive: string }) =>
    `There is no @${directive}. Write @assert or @capture.`,
  "script-open": "This script has no end: “%}” is missing.",
  "subject-unknown": ({ subject }: { readonly subject: string }) =>
    `“${subject}” cannot be asserted. The subjects are status, field NAME, body, took, no finding, env NAME and stderr.`,
  "subject-name-missing": ({ subject }: { readonly subject: string }) => `“${subject}” needs a name behind it.`,
  "test-unknown": ({ subject, tests }: { readonly subject: string; readonly tests: readonly string[] }) =>
    `“${subject}” is compared with ${tests.join(", ")}.`,
  "value-missing": ({ test }: { readonly test: string }) => `“${test}” needs a value.`,
  "value-unexpected": ({ test }: { readonly test: string }) => `“${test}” takes no value.`,
  "value-open-quote": "This text in quotation marks is not valid. Inside them a backslash is written \\\\.",
  "status-invalid": ({ text }: Text) => `“${text}” is not a status. Write 200 or 2xx.`,
  "time-invalid": ({ text }: Text) => `“${text}” is not a time. Write 200ms or 1.5s.`,
  "severity-unknown": ({ text }: Text) => `“${text}” is not a severity. Write hint or warning.`,
  "expression-invalid": ({ text }: Text) => `“${text}” is not a regular expression. Write it as /…/ or /…/i.`,
  "capture-invalid": "A capture is written NAME = body matches /…/, NAME = field Location or NAME = cookie sid.",
  "variable-unknown": ({ name }: Name) => `There is no value for {{${name}}}.`,
});

/** What is wrong with http-client.env.json. */
export const environmentMessage = defineMessages({
  "environment-shape": ({ path }: { readonly path: string }) =>
    `${path} is not valid: it holds an object for each environment, and each of those holds texts, numbers or booleans.`,
  "environment-syntax": ({ path, reason }: { readonly path: string; readonly reason: string }) =>
    `${path} is not valid JSON: ${reason}`,
});
