// What a test that waited in vain says: how far that got by the deadline, not when it began to wait.
import { expect, test } from "vitest";
import { waitFor, within } from "../../support/wait-for.js";

test.each([
  ["waitFor", (what: () => string) => waitFor(what, () => false, 50)],
  ["within", (what: () => string) => within(what, new Promise(() => {}), 50)],
])("%s", async (_name, wait) => {
  let came = "nothing";
  const waiting = expect(wait(() => `b, so far ${came}`)).rejects.toThrow("so far a");
  came = "a";
  await waiting;
});
