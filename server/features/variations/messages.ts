// What a response to a varied request should be and is not, and why a plan makes no requests.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type At = { readonly offset: number };

export const brokenMessage = defineMessages({
  "varied-no-response": "There was no response.",
  "varied-status": ({ status }: { readonly status: number }) => `The status is ${status}.`,
  "varied-finding": ({ title }: { readonly title: string }) => `The doctor found: ${title}`,
  "varied-markup": ({ offset }: At) => `The value is markup from byte ${offset} of the body on.`,
  "varied-lost": "The value does not come back, and that of the first row does.",
  "varied-cut": ({ shown, of }: { readonly shown: number; readonly of: number }) =>
    `The first ${shown} of the value’s ${of} bytes come back, and not the others.`,
  "varied-length-lost": "The value does not come back, and shorter ones do.",
  "varied-miscounted": ({ found, wanted }: { readonly found: number; readonly wanted: number }) =>
    `The response has the number ${found} where ${wanted} would follow from the rows before.`,
  "varied-other-body": ({ offset }: At) => `The body differs from the first row’s at byte ${offset}.`,
  "varied-other-status": ({ status, was }: { readonly status: string; readonly was: string }) =>
    `The status is ${status}. That of the first row is ${was}.`,
  "varied-run": ({ shown }: { readonly shown: string }) =>
    `The response has ${shown}, which the value does not have: it was run, or opened.`,
  "varied-not-alike": ({ offset }: At) =>
    `The value was run as a condition: the body differs from that of the value before, from byte ${offset} on.`,
  "varied-unexpected": ({ expected, got }: { readonly expected: string; readonly got: string }) =>
    `It must be ${expected}, and was ${got}.`,
  "varied-stderr": ({ offset }: At) => `stderr differs from byte ${offset} on.`,
  "varied-value": "The body differs in the value alone.",
});

export const variationsProblem = defineProblems({
  "variation-place-unknown": {
    message: ({ place }: { readonly place: string }) => `A request has no place called “${place}”.`,
    fix: "Name query.NAME, field.NAME, cookie.NAME, header.NAME, path, method, body or request; of raw bytes bytes.FROM-TO.",
  },
  "variation-set-misplaced": {
    message: ({ place }: { readonly place: string }) => `These values do not fit the place “${place}”.`,
    fix: "Probes and times stand for the whole request, all other values for a part of it. The parts of raw bytes are bytes.FROM-TO.",
  },
  "variation-probe-unknown": {
    message: ({ name }: { readonly name: string }) => `No probe or group is called “${name}”.`,
    fix: "See cgi-workbench probe --list.",
  },
  "variation-count": {
    message: ({ count, most }: { readonly count: number; readonly most: number }) =>
      `The values make ${count} requests, and ${most} is the most.`,
    fix: "Give fewer values, or let them vary together.",
  },
});
