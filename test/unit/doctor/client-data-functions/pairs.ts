// Client data that a script's own functions pass on, and questions for an empty value, which test nothing. Each script
// has two variants, with different text at HERE: one is reported, the other is not.
import { describe, expect, test } from "vitest";
import { clientDataFlows } from "../../../../server/doctor/client-data/flows.js";
import type { ScannedLanguage } from "../../../../server/doctor/client-data/grammar.js";

interface Pair {
  readonly what: string;
  /** `HERE` is what differs. */
  readonly script: readonly string[];
  readonly vulnerable: string;
  readonly healthy: string;
}

export function testPairs(language: ScannedLanguage, pairs: readonly Pair[]): void {
  describe.each(pairs)(`${language}: $what`, ({ script, vulnerable, healthy }) => {
    const flowsWith = (text: string) => clientDataFlows(`${script.join("\n").replace("HERE", () => text)}\n`, language);
    test("is followed", () => expect(flowsWith(vulnerable)).toHaveLength(1));
    test("its twin is not reported", () => expect(flowsWith(healthy)).toEqual([]));
  });
}
