// Whether an output is CGI's. What CGI itself does not repeat (a time, a process id, a random number) is no difference:
// the outputs of CGI are compared with each other first.
import type { LeaksReport, OutputDifference } from "../../contract/command-output.js";
import type { ModeTraits } from "../../contract/modes.js";
import { ExpectedBody } from "./expected-body.js";
import { outputMessage, truthOf } from "./messages.js";

export interface Output {
  /** Null: no response. */
  readonly status: number | null;
  /** The script's own, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes as characters. */
  readonly body: string;
}

type Varying = LeaksReport["varies"][number];
type Difference = Omit<OutputDifference, "message" | "run" | "target">;

/** `asCgi`: of the same request, one at least, from before and after the outputs that are compared with it. */
export class ExpectedOutput {
  readonly #asCgi: readonly Output[];
  readonly #body: ExpectedBody;

  constructor(asCgi: readonly [Output, ...Output[]]) {
    this.#asCgi = asCgi;
    this.#body = new ExpectedBody(asCgi.map(({ body }) => body));
  }

  /** What CGI does not repeat. */
  varies(target: string): Varying[] {
    const [first, ...others] = this.#asCgi;
    const found: Varying[] = [];
    if (others.some(({ status }) => status !== first?.status)) found.push({ target, part: "status", name: null });
    for (const name of headerNames(this.#asCgi))
      if (new Set(this.#asCgi.map((output) => comparedHeader(output, name))).size > 1)
        found.push({ target, part: "header", name });
    if (others.some(({ body }) => body !== first?.body)) found.push({ target, part: "body", name: null });
    return found;
  }

  /** What is not as CGI's in the output, the first of each part. */
  differences(output: Output): Difference[] {
    const [cgi] = this.#asCgi;
    if (cgi === undefined) return [];
    const found: Difference[] = [];
    if (!this.#asCgi.some(({ status }) => status === output.status))
      found.push({ part: "status", name: null, offset: null, cgi: statusText(cgi), found: statusText(output) });
    for (const name of headerNames([...this.#asCgi, output])) {
      const values = new Set(this.#asCgi.map((one) => comparedHeader(one, name)));
      if (values.size === 1 && !values.has(comparedHeader(output, name)))
        found.push({ part: "header", name, offset: null, cgi: headerOf(cgi, name), found: headerOf(output, name) });
    }
    const offset = this.#body.firstDifference(output.body);
    if (offset !== null)
      found.push({
        part: "body",
        name: null,
        offset,
        cgi: excerpt(cgi.body, offset),
        found: excerpt(output.body, offset),
      });
    return found;
  }
}

/** With its sentence. `responder`: what is compared. */
export function differenceOf(
  target: string,
  run: OutputDifference["run"],
  difference: Difference,
  responder: ModeTraits["responder"],
): OutputDifference {
  const { part, name, offset } = difference;
  const data = { run, target, truth: truthOf(responder), cgi: quoted(difference.cgi), found: quoted(difference.found) };
  const message =
    part === "body"
      ? outputMessage("body", { ...data, offset: offset ?? 0 })
      : part === "header"
        ? outputMessage("header", { ...data, name: name ?? "" })
        : outputMessage("status", { ...data, cgi: difference.cgi ?? "", found: difference.found ?? "" });
  return { target, run, ...difference, message };
}

const headerNames = (outputs: readonly Output[]): readonly string[] => [
  ...new Set(outputs.flatMap(({ headers }) => headers.map(([name]) => name))),
];

/** All values of the name; null: there is none. */
function headerOf({ headers }: Output, name: string): string | null {
  const values = headers.filter(([own]) => own === name).map(([, value]) => value);
  return values.length === 0 ? null : values.join(", ");
}

/** A Content-Length that is its body's says nothing that the body does not: a number in it may vary in its digits. */
function comparedHeader(output: Output, name: string): string | null {
  const value = headerOf(output, name);
  return name === "content-length" && value === String(output.body.length) ? "of the body" : value;
}

const statusText = ({ status }: Output): string => (status === null ? "no response" : String(status));
const quoted = (text: string | null): string => (text === null ? "missing" : `“${text}”`);

const excerptBefore = 20;
const excerptLength = 60;
/** Around the offset, on one line. */
function excerpt(body: string, offset: number): string {
  const from = Math.max(body.lastIndexOf("\n", offset - 1) + 1, offset - excerptBefore);
  return (
    Buffer.from(body.slice(from, from + excerptLength), "latin1")
      .toString("utf8")
      .split("\n", 1)[0] ?? ""
  );
}
