// The report of the address sanitizer, with which a program in C or C++ was compiled: what it did, and on which line.

import { posix } from "node:path";
import { toDisplayText } from "../../../../base/decode-text.js";
import { byteString } from "../../../../protocol/byte-string.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { apache, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { processEvidence } from "../../../evidence/process.js";
import { stderrMatch } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The address sanitizer found an invalid use of memory",
  summary: "The program was compiled with `-fsanitize=address`, which ends it at the mistake and reports the line.",
  explanation:
    "A program in C or C++ that reads or writes memory that is not its own may crash much later, elsewhere, or not at all. `-fsanitize=address` checks each access: the report begins with the kind of mistake, then come the calls that led there, the innermost first, and where the memory was allocated and freed. The program takes about twice as long and needs more memory, so compile it without the option for a server.",
  logged: [unproved(apache.logs("stderr", 500, { TEXT: "==n==ERROR: AddressSanitizer: ..." }))],
  on: "failures",
  explains: "errors",
  check: (facts) => {
    const match = stderrMatch(
      facts,
      /ERROR: AddressSanitizer: (?:attempting )?(\S+)(?: on unknown address (0x0{8,}[0-9a-f]{0,3}) )?/,
    );
    const [kind = "", isNull = ""] = match?.groups ?? [];
    if (!match) return null;
    const report = textOf(facts);
    const [calls = "", ...others] = report.slice(report.lastIndexOf("ERROR: AddressSanitizer: ")).split("\n\n");
    const own = framesIn(calls, facts);
    const [first] = own;
    const words = isNull === "" ? (kinds[kind] ?? kind) : "Access through a null pointer";
    const place = first ? ` in ${posix.basename(first.path)}, line ${first.line}` : "";
    const before = ["freed", "allocated"].flatMap((what) => {
      const [frame] = framesIn(
        others.find((block) => new RegExp(`^(?:previously )?${what} by `, "m").test(block)) ?? "",
        facts,
      );
      return frame ? [`${what} on line ${frame.line}`] : [];
    });
    const memory = before.length === 0 ? "" : ` The memory was ${before.join(", ")}.`;
    const calledFrom = own.slice(1, 4).map(({ name, line }) => `\`${name}\` (line ${line})`);
    const callers = calledFrom.length === 0 ? "" : `, called from ${calledFrom.join(", ")}`;
    return {
      title: `${words}${place}`,
      detail: first
        ? `\`${first.name}\`${callers}.${memory}`
        : "No call in the report has a line. Compile the source with `-g`, too.",
      ...match.location,
      line: null,
      evidence: [
        ...own.slice(0, 4).map(({ path, line }) => ({ kind: "file", path, line }) as const),
        { kind: "quote", of: "AddressSanitizer", text: kind },
        ...processEvidence(facts),
      ],
    };
  },
};

const kinds: Readonly<Record<string, string>> = {
  "heap-buffer-overflow": "Access beyond a block of the heap",
  "stack-buffer-overflow": "Access beyond a variable on the stack",
  "dynamic-stack-buffer-overflow": "Access beyond a variable on the stack",
  "global-buffer-overflow": "Access beyond a global variable",
  "heap-use-after-free": "Use of memory that was freed",
  "stack-use-after-return": "Use of a local variable after its function returned",
  "stack-use-after-scope": "Use of a local variable after its block ended",
  "double-free": "Memory was freed twice",
  free: "Memory was freed that was not allocated",
  "stack-overflow": "The stack is full",
  SEGV: "Access to an invalid address",
  BUS: "Access to an invalid address",
  FPE: "Division by zero",
  ABRT: "The program aborted itself",
  ILL: "Invalid instruction",
};

const textOf = ({ stderr }: FactsWithFile): string =>
  stderr ? Buffer.from(stderr.read(0, stderr.captured)).toString("latin1") : "";

interface Frame {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** The frames in sources of the program's own: the system's have no path, or are elsewhere. */
function framesIn(block: string, { cwd }: FactsWithFile): Frame[] {
  const all = [...block.matchAll(/^ +#\d+ 0x[0-9a-f]+ in (\S+).*? (\/[^\n]*?):(\d+)(?::\d+)?$/gm)].map(
    ([, name = "", path = "", line]) => ({ name, path: toDisplayText(byteString(path)), line: Number(line) }),
  );
  const isOwn = ({ path }: Frame): boolean =>
    path.startsWith(`${cwd}/`) || !/^\/(?:usr|lib\w*|build|rustc|Library|System)\/|libsanitizer|compiler-rt/.test(path);
  const own = all.filter(isOwn);
  return own.filter(({ path, line }, index) => own[index - 1]?.path !== path || own[index - 1]?.line !== line);
}
