// Why a request of a file failed, or could not be run or kept.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type At = { readonly path: string };

/** Of one request. */
export const resultMessage = defineMessages({
  "assertion-failed": ({
    assertion,
    expected,
    got,
  }: {
    readonly assertion: string;
    readonly expected: string;
    readonly got: string | null;
  }) => {
    const wanted = assertion.endsWith(expected) ? "" : `expected ${expected}, `;
    return `${assertion}: ${wanted}got ${got ?? "nothing"}`;
  },
  "stderr-cut": ({
    assertion,
    captured,
    bytes,
  }: {
    readonly assertion: string;
    readonly captured: number;
    readonly bytes: number;
  }) =>
    `${assertion}: only the first ${captured} of the ${bytes} bytes of stderr were kept. Raise limits.captureBytes in cgi-workbench.json.`,
  "capture-failed": ({ capture }: { readonly capture: string }) => `The response does not have ${capture}.`,
  "expression-unusable": ({ reason }: { readonly reason: string }) => reason,
  "line-end-in-value": ({ name }: { readonly name: string }) =>
    `The value of the header ${name} has a line end or a NUL, and would be another header.`,
  "space-in-target":
    "With the values of its variables the target has a space, a line end or another control character, and would end there.",
  "body-file-missing": ({ path }: At) => `The file ${path} does not exist.`,
  "body-file-too-large": ({ path, maxBytes }: At & { readonly maxBytes: number }) =>
    `The file ${path} has more than ${maxBytes >> 20} MiB, and is not sent as a body.`,
  "body-file-unserved": ({ path }: At) =>
    `The file ${path} is not sent: it is hidden, or of a kind that the server never serves. Copy what the request needs to another file.`,
  "body-file-outside": ({ path }: At) => `The file ${path} lies outside of the folder.`,
});

/** Of all of them. `path`: in the workspace. */
export const savedMessage = defineProblems({
  "requests-invalid": {
    message: ({ path, line, mistake }: At & { readonly line: number; readonly mistake: string }) =>
      `${path}, line ${line}: ${mistake}`,
    fix: "Fix it, then run the requests again.",
  },
  "runs-not-kept": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `The results of saved requests are not kept for the next start: ${systemText}.`,
    fix: "Make your data folder writable.",
  },
  "environments-invalid": { message: ({ mistake }: { readonly mistake: string }) => mistake },
  "no-environment": {
    message: ({ name }: { readonly name: string; readonly names: readonly string[] }) =>
      `There is no environment “${name}” in http-client.env.json.`,
    fix: ({ names }: { readonly name: string; readonly names: readonly string[] }) =>
      names.length === 0 ? "Write that file first." : `Choose one of ${names.join(", ")}.`,
  },
  "no-such-request": {
    code: "not-found",
    message: ({ path, line }: At & { readonly line: number | null }) =>
      line === null ? `${path} does not exist.` : `${path} has no request at line ${line}.`,
  },
  "no-request-of-that-name": {
    code: "not-found",
    message: ({ path, name, nth }: At & { readonly name: string; readonly nth: number }) =>
      `${path} has ${nth === 0 ? "no request" : `fewer than ${nth + 1} requests`} “${name}”.`,
    fix: "If the editor has unsaved changes of the file, save them: the list shows the requests on disk.",
  },
  "assertion-invalid": { message: ({ mistake }: { readonly mistake: string }) => mistake },
  "not-writable": {
    message:
      "A .http file cannot hold this request. It holds a target that begins with / and has no space and no “#”, headers of plain text without tabs, and {{name}} where the chosen environment has a value for each and the file has no other.",
    fix: "Copy it as raw HTTP instead.",
  },
  "not-a-request-file": {
    message: ({ path }: At) => `${path} is not a file of requests.`,
    fix: "Choose a name that ends in .http.",
  },
  "request-file-changed": {
    message: ({ path }: At) => `${path} was changed by another program at this moment.`,
    fix: "Save the request again.",
  },
});
