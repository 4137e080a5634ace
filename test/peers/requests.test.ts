// Requests of every production of the grammar, sent to real Apache, lighttpd and nginx and to our gateway: what is
// served and what a script sees of it, what is refused and with which class of status. Where they disagree, that was
// decided before, production by production; where the three agree, so do we. Prints a table.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { amount } from "../support/evidence.js";
import { missingFor, peerNames } from "../support/peer-servers.js";
import {
  type Asked,
  askAll,
  comparable,
  goesOnRight,
  type Outcome,
  requestsToAsk,
  servers,
  shown,
} from "../support/requests/beside-peers.js";
import { peerDecisions } from "../support/requests/peer-decisions.js";
import { program } from "../support/temp-workspace.js";

const missing = [...peerNames.flatMap(missingFor), ...(program("cc") ? [] : ["cc"])];
const seed = Number(process.env["REQUEST_SEED"] ?? 20_251_121);

describe.skipIf(missing.length > 0)(missing.length > 0 ? `needs ${missing.join(", ")}` : "the same requests", () => {
  const requests = requestsToAsk(seed, amount(20_000, 1_500));
  let outcomes: Outcome[] = [];
  beforeAll(async () => {
    outcomes = await askAll(requests);
  }, 1_200_000);
  afterAll(
    () => void process.stdout.write(`\nRequests to all servers, seed ${seed}\n${tableOf(requests, outcomes)}\n`),
  );

  /** Those of which `isWrong` holds, named so that they can be sent again. */
  const wrong = (isWrong: (outcome: Outcome, asked: Asked) => boolean) =>
    requests.flatMap((asked, n) => {
      const outcome = outcomes[n];
      if (outcome && !isWrong(outcome, asked)) return [];
      const said = servers.map((name) => `${name}: ${outcome ? shown(outcome[name]) : "not asked"}`).join(" | ");
      return [`${asked.production}, request ${asked.n}: ${said}: ${JSON.stringify(asked.bytes.slice(0, 300))}`];
    });

  test("every server closes in time", () => {
    expect(wrong((outcome) => servers.some((name) => outcome[name] === "not closed"))).toEqual([]);
  });

  test("every disagreement was decided, and we do what was decided", () => {
    expect(
      wrong((outcome, { production }) => {
        if (new Set(servers.map((name) => comparable(outcome[name]))).size === 1) return false;
        const decision = peerDecisions.get(production);
        const served = /^saw|^2/.test(outcome.ours);
        return !decision || (decision.we !== "both" && served !== (decision.we === "serve"));
      }),
    ).toEqual([]);
  });

  test("where Apache, lighttpd and nginx agree, so do we", () => {
    expect(
      wrong((outcome, { production }) => {
        const [first, ...others] = new Set(peerNames.map((name) => comparable(outcome[name])));
        return others.length === 0 && comparable(outcome.ours) !== first && !peerDecisions.get(production)?.alone;
      }),
    ).toEqual([]);
  });

  test("what follows a refusal on a connection that we keep is the next request", () => {
    expect(wrong((outcome, { production }) => production !== "pipelined" && !goesOnRight(outcome.ours))).toEqual([]);
  });
});

/** A row a production: what each server did with most of its requests, on how many they disagreed, and why. */
function tableOf(requests: readonly Asked[], outcomes: readonly Outcome[]): string {
  const rows = new Map<string, Outcome[]>();
  for (const [n, { production }] of requests.entries()) {
    const outcome = outcomes[n];
    if (outcome) rows.set(production, [...(rows.get(production) ?? []), outcome]);
  }
  return [...rows]
    .map(([production, some]) => {
      const differ = some.filter((outcome) => new Set(servers.map((name) => comparable(outcome[name]))).size > 1);
      const cells = servers.map(
        (name) => `${name} ${usual((differ.length > 0 ? differ : some).map((one) => one[name]))}`,
      );
      const why = differ.length > 0 ? `\n      ${peerDecisions.get(production)?.why ?? "NOT DECIDED"}` : "";
      return `${production}: ${differ.length} of ${some.length} differ. ${cells.join(" | ")}${why}`;
    })
    .join("\n");
}

function usual(outcomes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(shown(outcome), (counts.get(shown(outcome)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}
