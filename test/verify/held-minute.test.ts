// Eight requests are held for a minute under limits of half a second, through one permit, while 10,000 others pass.
import { expect, test } from "vitest";
import { amount } from "../support/evidence.js";
import { plain } from "../support/fastcgi-gateway.js";
import { bodyOf, startGateway } from "../support/gateway.js";
import { goOn, held, holding } from "../support/holding.js";
import { waitFor } from "../support/wait-for.js";

const others = amount(10_000, 500);
const heldMs = amount(60_000, 3000);

test(`8 held for ${heldMs / 1000} s under short limits, while ${others} others pass`, async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 300, totalMs: 500, concurrency: 1 } } });
  const hello = "printf 'Content-Type: text/plain\\n\\nhello'";
  gateway.script("held.sh", hello);
  gateway.script("other.sh", hello);
  holding(gateway, { matches: ({ request }) => request.target === "/held.sh" });
  const asked = Array.from({ length: 8 }, async () => {
    const client = await gateway.connect();
    client.send(plain("GET", "/held.sh"));
    return client.rest(600_000);
  });
  await held(gateway, 8);
  const begun = performance.now();
  const times: number[] = [];
  for (let nth = 0; nth < others || performance.now() - begun < heldMs; nth++) {
    const at = performance.now();
    expect(bodyOf(await gateway.get("/other.sh"))).toContain("hello");
    times.push(performance.now() - at);
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${times.length} others in ${seconds.toFixed(1)} s, the slowest ${Math.max(...times).toFixed(0)} ms`);
  expect(gateway.holds.held.length).toBe(8);
  const traces = gateway.holds.held.map(({ trace }) => trace);
  for (const one of gateway.holds.held) {
    one.decide(goOn());
    // all at once they would wait for the permit, and the total counts that
    await waitFor("it has ended", () => one.trace.outcome !== null);
  }
  for (const response of asked) expect(bodyOf(await response)).toContain("hello");
  for (const { held: parts } of traces) {
    expect(parts).toMatchObject([{ ended: "continued", edits: [] }]);
    expect(parts?.[0]?.ms).toBeGreaterThanOrEqual(heldMs);
  }
}, 600_000);
