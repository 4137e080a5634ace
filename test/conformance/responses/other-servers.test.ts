// The profiles of other servers beside the real ones that are installed: the cases that are known to divide servers.
// test/peers/servers.test.ts has more, and Go.
import { describe, expect, test } from "vitest";
import { serverIds } from "../../../server/contract/server-ids.js";
import { setups } from "../../../server/features/servers/real/setups.js";
import { agreementOf } from "../../support/servers/agreement.js";
import { knownCases } from "../../support/servers/corpus.js";
import { missingOf } from "../../support/servers/real-servers.js";

describe.each(serverIds.filter((id) => id !== "go" && id in setups))("%s", (id) => {
  const missing = missingOf(id);
  test.skipIf(missing.length > 0)(
    `answers as predicted${missing.map((name) => ` (needs ${name})`).join("")}`,
    async () => {
      const { different, predicted } = await agreementOf(id, knownCases);
      expect(different).toEqual([]);
      expect(predicted).toBeGreaterThan(0.9 * knownCases.length);
    },
  );
});
