// The functions of OpenFaaS have names of their own that Kubernetes takes, whatever the scripts are called.
import fc from "fast-check";
import { expect, test } from "vitest";
import { functionsOf } from "../../../../server/features/deploy/functions.js";

const script = (path: string) => ({
  path,
  mode: "cgi" as const,
  backend: null,
  program: null,
  isStarted: true,
  language: null,
  passesAuthorization: false,
});

test("each function has a name of its own", async () => {
  const paths = fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "A", "-", ".", "/", "2", "3"), minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(paths, async (all) => {
      const found = await functionsOf("shop", all.map(script), async () => "");
      expect(found.map(({ path }) => path)).toEqual(all);
      expect(new Set(found.map(({ id }) => id)).size).toBe(all.length);
      for (const { id } of found) expect(id).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }),
  );
});
