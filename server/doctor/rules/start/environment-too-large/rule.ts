// The start failed with E2BIG: one variable or argument exceeds the kernel's limit, or all of them together do.
import { apache, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { refusedStart } from "../../../evidence/start-failure.js";

/** MAX_ARG_STRLEN of Linux: of one argument, or of `NAME=value`, with the NUL at its end. */
const longestBytes = 131_072;

export const rule: DeferredRule = {
  severity: "error",
  title: "The environment is too large",
  summary: "Linux limits a single environment variable or argument to 128 KiB, and all of them together to a few MiB.",
  explanation:
    "A CGI script gets its variables and arguments from the system, which limits their size: on Linux 128 KiB for each one, with its name, and a few MiB for all. What a request brings is smaller: the server refuses headers above 64 KiB. What is too long was configured (`variables`), comes from the environment that the server passes on (`inherit`), or was entered in the composer. Keep long data in a file that the script reads, or send it in the body of a POST request.",
  reference: "RFC 3875 §8.1",
  logged: [unproved(apache.logs("stderr", 500, { TEXT: "(7)Argument list too long: exec of 'S' failed" }))],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "E2BIG") return null;
    const variables = (facts.env ?? []).map(({ name, value }) => ({ name, bytes: name.length + value.length + 2 }));
    const strings = [
      ...variables,
      ...(facts.argv ?? []).map((argument) => ({ name: null, bytes: argument.length + 1 })),
    ];
    const tooLong = strings.find(({ bytes }) => bytes > longestBytes);
    if (!tooLong) {
      const sum = strings.reduce((total, { bytes }) => total + bytes, 0);
      const detail = `All variables and arguments together take ${sum} bytes, which is more than the system allows. Each one is within Linux’s limit of ${longestBytes} bytes.`;
      return { detail, evidence: [refused.evidence] };
    }
    const { name, bytes } = tooLong;
    const what = name === null ? "An argument" : `The variable \`${name}\``;
    return {
      detail: `${what} takes ${bytes} bytes${name === null ? "" : " with its name"}. Linux allows ${longestBytes} bytes for a single one.`,
      evidence: [refused.evidence, ...(name === null ? [] : [{ kind: "variable" as const, name, value: null }])],
    };
  },
};
