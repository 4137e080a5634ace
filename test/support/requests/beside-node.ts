// Our reader of HTTP/1 beside node's, over generated requests. Where they disagree there is a cause, named by the code
// of the reader that refuses, and each cause is decided once, in node-decisions.ts.
import { isDeepStrictEqual } from "node:util";
import { generate } from "./generate.js";
import { nodeDecisions, upgradeCause } from "./node-decisions.js";
import { NodeReader, type ReadConnection, type ReadRequest, readByFront } from "./read-connection.js";

const site = { path: "/cgi-bin/p/saw", host: "localhost" };

export interface Comparison {
  /** How often each cause was met; "agreed" where there was none. */
  readonly counts: ReadonlyMap<string, number>;
  /** The first request of each cause that nobody decided, with what both made of it. */
  readonly undecided: readonly string[];
}

/** Reads requests 0 to `count` of the seed with both. */
export async function compareWithNode(seed: number, count: number): Promise<Comparison> {
  using node = new NodeReader();
  const counts = new Map<string, number>();
  const undecided: string[] = [];
  for (let n = 0; n < count; n++) {
    const { bytes, productions } = generate(seed, n, site);
    const piece = Buffer.from(bytes, "latin1");
    const [ours, theirs] = [readByFront([piece]), node.read([piece])];
    const cause = nameOfCause(causeOf(ours, theirs), [...ours.requests, ...theirs.requests]);
    const met = counts.get(cause) ?? 0;
    counts.set(cause, met + 1);
    if (met === 0 && cause !== "agreed" && !Object.hasOwn(nodeDecisions, cause))
      undecided.push(
        `${cause}: seed ${seed}, request ${n}, ${productions.join(" + ")}: ${JSON.stringify(bytes.slice(0, 400))}`,
      );
    // Sockets that were destroyed say so in a turn of the event loop.
    if (n % 256 === 255) await new Promise((resolve) => setImmediate(resolve));
  }
  return { counts, undecided };
}

function nameOfCause(cause: string | null, requests: readonly ReadRequest[]): string {
  if (cause === null) return "agreed";
  const asksUpgrade = requests.some(({ fields }) => fields.some(([name]) => name.toLowerCase() === "upgrade"));
  return asksUpgrade && !Object.hasOwn(nodeDecisions, cause) ? upgradeCause : cause;
}

/**
 * Why they disagree about what is served; null: they do not. A refusal and the end of the bytes are both no request.
 */
function causeOf(ours: ReadConnection, theirs: ReadConnection): string | null {
  const both = Math.min(ours.requests.length, theirs.requests.length);
  for (let n = 0; n < both; n++) {
    const different = differenceOf(ours.requests[n], theirs.requests[n]);
    if (different) return `both serve, with another ${different}`;
  }
  if (ours.requests.length > both) return `node alone refuses: ${nameOf(theirs.end)}`;
  if (theirs.requests.length > both) return `we alone refuse: ${nameOf(ours.end)}`;
  return null;
}

const parts = ["method", "target", "version", "fields", "body", "trailers"] as const;
const differenceOf = (ours?: ReadRequest, theirs?: ReadRequest): string | undefined =>
  parts.find((part) => !isDeepStrictEqual(ours?.[part], theirs?.[part]));

const nameOf = (end: ReadConnection["end"]): string => (typeof end === "string" ? end : end.refused);

/** A row a cause, the most frequent first: how often, and what was decided. */
export function tableOf({ counts }: Comparison): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([cause, met]) => {
      const decision = nodeDecisions[cause];
      return `${String(met).padStart(8)}  ${cause}${decision ? `\n          right: ${decision.right}. ${decision.why}` : ""}`;
    })
    .join("\n");
}
