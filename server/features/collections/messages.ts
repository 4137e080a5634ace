// What has no place in a `.http` file, and why a collection cannot be imported.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type Named = { readonly name: string };

/** Of one request: each is a comment above it. */
export const leftOutMessage = defineMessages({
  "file-part": ({ name }: Named) => `The part “${name}” of the body is a file, which is not in the collection.`,
  "body-file": ({ path }: { readonly path: string }) =>
    `The body is the file “${path}”, which is not in the collection.`,
  "body-kind": ({ kind }: { readonly kind: string }) => `A body of the kind “${kind}” is not sent.`,
  damaged: ({ path, systemText }: { readonly path: string; readonly systemText: string }) =>
    `The file “${path}” cannot be read: ${systemText}.`,
  "header-invalid": ({ name }: Named) => `The header “${name}” is left out: its name or its value is not valid.`,
  "sign-in": ({ kind }: { readonly kind: string }) => `The sign-in “${kind}” is not sent.`,
  script: ({ part }: { readonly part: string }) => `Its script (${part}) is not run.`,
  test: ({ text }: { readonly text: string }) => `Its test is not checked: ${text}`,
  "variable-value": ({ name }: Named) => `The value of the variable “${name}” has several lines and is left out.`,
  "variable-name": ({ name }: Named) => `“${name}” cannot be the name of a variable.`,
  scheme: ({ name, scheme }: Named & { readonly scheme: string }) =>
    `The request “${name}” is not sent over HTTP, but over “${scheme}”.`,
  "capture-escapes": ({ name }: Named) =>
    `The variable “${name}” keeps the escapes that a text has in JSON, such as \\/ and \\n.`,
  url: "It has no address; / is requested.",
  template: "It has parts ({% … %}) that only Insomnia can fill in.",
  method: ({ method }: { readonly method: string }) => `“${method}” is not a method; GET is sent.`,
});

type AtLine = { readonly line: number };

/** What is wrong in a `.bru` file. */
export const bruFault = defineMessages({
  binary: ({ line }: AtLine) => `line ${line} has bytes that are not text`,
  empty: "it has no block",
  outside: ({ line }: AtLine) => `line ${line} belongs to no block`,
  "no-end": ({ name, line }: Named & AtLine) => `“${name}” at line ${line} has no end`,
  "no-colon": ({ line }: AtLine) => `line ${line} has no colon between a name and its value`,
});

export const collectionProblem = defineProblems({
  "collection-invalid": {
    message: ({
      path,
      systemText,
    }: {
      readonly path: string;
      readonly systemText: string;
      readonly line: number | null;
    }) => `${path} cannot be imported: ${systemText}.`,
    fix: "Correct that line (in YAML, a value that begins with {{ needs quotation marks), or export the collection again.",
  },
  "collection-yaml-too-large": {
    message: ({ path, maxMiB }: { readonly path: string; readonly maxMiB: number }) =>
      `${path} cannot be imported: a collection in YAML may have ${maxMiB} MiB.`,
    fix: "Export it as JSON (Insomnia v4), or export a folder of the collection by itself.",
  },
  "collection-too-deep": {
    message: ({ path, maxLevels }: { readonly path: string; readonly maxLevels: number }) =>
      `${path} cannot be imported: its values lie more than ${maxLevels} levels deep in each other.`,
    fix: "Export a folder of the collection by itself.",
  },
  "collection-empty": {
    message: ({ path }: { readonly path: string }) => `${path} has neither requests over HTTP nor environments.`,
    fix: "Export a collection that has some.",
  },
  "collection-not-written": {
    message: ({ path, systemText }: { readonly path: string; readonly systemText: string }) =>
      `${path} cannot be written: ${systemText}.`,
    fix: "Make the folder writable.",
  },
});
