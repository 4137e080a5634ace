// `cgi-workbench try`: sends one request with many values, and prints a row for each.
import { once } from "node:events";
import { resolve } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { writeWords } from "../base/terminal-text.js";
import { wordsOf } from "../contract/message.js";
import { composedRequest } from "../contract/requests-contract.js";
import { expectations, plan, type TryReport, type VariedRow } from "../contract/variations-contract.js";
import { scriptAt } from "../features/bench/run-bench.js";
import { runVariations } from "../features/variations/run-variations.js";
import { variationsOf } from "../features/variations/variations.js";
import { configOption, decimal, nameAmong, numberOf, parsed } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";
import { outgoingOf, requestOptions } from "./request-options.js";
import { UsageError } from "./usage/usage.js";
import { varyOf } from "./vary-option.js";

const options = {
  ...configOption,
  ...requestOptions,
  vary: { type: "string", multiple: true },
  each: { type: "boolean" },
  expect: { type: "string" },
  rate: { type: "string" },
  yes: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** `verb`: the one that was called. */
export async function tryValues(args: readonly string[], verb: "try" | "probe" = "try"): Promise<number> {
  const { values, positionals } = parsed(args, options);
  const { dir, target } = folderAndTarget(verb, positionals);
  if (!values.vary) throw new UsageError("try takes --vary PLACE=VALUES; see cgi-workbench try --help");
  const vary = await Promise.all(values.vary.map(varyOf));
  const asked = plan.parse({
    vary,
    pairing: values.each ? "each" : "together",
    expect:
      values.expect === undefined
        ? null
        : values.expect.split(",").map((name) => nameAmong(expectations, name, "--expect takes names of")),
    rate: numberOf("--rate", values.rate, [0.1, 10_000], decimal),
  });
  const isForm = vary.some(({ place }) => place.startsWith("field.")) && values["data-binary"] === undefined;
  const outgoing = await outgoingOf({ ...values, data: values.data ?? (isForm ? [""] : undefined) }, target);
  if (outgoing.body && !("bytes" in outgoing.body)) throw new UsageError("try takes no body from standard input");
  const request = composedRequest.parse({
    method: toDisplayText(outgoing.method),
    target,
    headers: outgoing.headers.map(([name, value]) => [toDisplayText(name), toDisplayText(value)]),
    body: outgoing.body && { base64: Buffer.from(outgoing.body.bytes).toString("base64") },
    mode: null,
  });
  const variations = variationsOf(request, asked);
  const unsafe = values.yes ? 0 : variations.unsafe();
  if (unsafe > 0)
    throw new UsageError(
      `${unsafe} of ${variations.count} requests have another method than GET and HEAD, and may change something; --yes sends them`,
    );

  return inFolder({ dir, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    scriptAt(workbench, target); // a target that leads to no script is an error
    const { count } = variations;
    const start = { folder: resolve(dir), target, count } satisfies Partial<TryReport>;
    const print = values.json ? jsonPrinter(start) : textPrinter(start);
    let broken = 0;
    let came = 0;
    try {
      for await (const row of runVariations(workbench, variations, { from: "cli", signal })) {
        came++;
        if (row.broken.length > 0) broken++;
        print.row(row);
        if (process.stdout.writableNeedDrain) await once(process.stdout, "drain", { signal });
      }
    } finally {
      print.end(broken, came);
    }
    return broken === 0 ? 0 : 1;
  });
}

type Start = Pick<TryReport, "folder" | "target" | "count">;
interface Printer {
  row(row: VariedRow): void;
  /** `came`: responses; fewer than all, if it was stopped. */
  end(broken: number, came: number): void;
}

/** One document, written as the rows come: there may be many. */
function jsonPrinter(start: Start): Printer {
  const { stdout } = process;
  stdout.write(`${JSON.stringify(start).slice(0, -1)},"rows":[`);
  return {
    row: (row) => void stdout.write(`${row.nth === 1 ? "\n" : ",\n"}${JSON.stringify(row)}`),
    end: (broken) => void stdout.write(`\n],"broken":${broken}}\n`),
  };
}

const cell = (text: string, width: number): string => text.slice(0, width).padEnd(width + 1);

function textPrinter({ target, count }: Start): Printer {
  const write = (text: string): void => writeWords(process.stdout, text);
  const head = `${cell("value", 40)}${"status".padStart(6)}${"bytes".padStart(9)}${"ms".padStart(8)}  differs`;
  write(`${target}: ${count} ${count === 1 ? "request" : "requests"}\n${head}\n`);
  return {
    row: ({ values, trace, differences, broken }) => {
      const { status = null, responseBytes = 0, tookMs = null } = trace ?? {};
      const parts = [...new Set(differences.map(({ part }) => part))].join(", ");
      const numbers = [
        String(status ?? "–").padStart(6),
        String(responseBytes).padStart(9),
        (tookMs?.toFixed(1) ?? "–").padStart(8),
      ];
      const line = `${cell(JSON.stringify(values.join(" · ")).slice(1, -1), 40)}${numbers.join("")}  ${parts}`;
      const told = broken.map(({ expectation, message }) => `  ${expectation}: ${wordsOf(message.text)}`);
      write(`${[line.trimEnd(), ...told].join("\n")}\n`);
    },
    end: (broken, came) => {
      const stopped = came < count ? [`${came} of ${count} responses came.`] : [];
      const judged =
        broken > 0
          ? [`${broken} of ${came} ${broken === 1 ? "is not what it" : "are not what they"} should be.`]
          : came > 0
            ? ["Every response is what it should be."]
            : [];
      write(`\n${[...stopped, ...judged].join(" ")}\n`);
    },
  };
}
