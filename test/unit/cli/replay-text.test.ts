// `replay --version both`: what it prints of two versions of which none ran.
import { expect, test } from "vitest";
import { bothText } from "../../../server/cli/replay.js";
import type { ReplayReport } from "../../../server/contract/command-output.js";
import { wordsOf } from "../../../server/contract/message.js";
import { responseMessage } from "../../../server/features/exchange/messages.js";

const response = { id: "a", status: 404, outcome: "ok" } as const;
const report: ReplayReport = {
  ...{ recorded: response, repeated: response, alike: true, uncompared: 0, differences: [], ignored: [] },
};
const printed = (earlier: string | null, today: string | null): string[] => {
  const text = bothText({ hashes: { earlier, today }, earlier: report, today: report, between: report });
  return (["same-version", "no-version-ran"] as const).filter((code) =>
    text.includes(wordsOf(responseMessage(code).text)),
  );
};

test("a script that did not run is not said to be unchanged", () => {
  const [one, other] = ["1".repeat(64), "2".repeat(64)];
  expect([printed(one, one), printed(one, other), printed(one, null), printed(null, null)]).toEqual([
    ["same-version"],
    [],
    [],
    ["no-version-ran"],
  ]);
});
