// Every probe of the library, sent over a real socket: the gateway serves or refuses each as the library says.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { composedRequest } from "../../../server/contract/requests-contract.js";
import { plan, type VariedRow } from "../../../server/contract/variations-contract.js";
import { runVariations } from "../../../server/features/variations/run-variations.js";
import { variationsOf } from "../../../server/features/variations/variations.js";
import { probes } from "../../../server/formats/probes/library.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const settings = [
  { name: "as it is", config: {} },
  {
    name: "with strict policies and a limit",
    config: {
      policy: { foldedRequestHeader: "reject", bareLineFeed: "reject" },
      limits: { requestBodyBytes: 128 << 10 },
    },
  },
];

describe.each(settings)("the gateway $name", ({ config }) => {
  let folder: TempFolder;
  let workbench: Workbench;
  beforeAll(async () => {
    folder = tempFolder();
    folder.write("cgi-workbench.json", JSON.stringify(config));
    folder.write("read.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nwc -c\n");
    folder.makeExecutable("read.cgi");
    workbench = await Workbench.create();
    await workbench.folder.open(folder.path, { port: 0 });
  });
  afterAll(async () => {
    await workbench.dispose();
    folder[Symbol.dispose]();
  });

  // One waits for the 15 s after which a head that never ends is refused: the others run beside it.
  test.concurrent.each(probes)(
    "$id",
    async (probe) => {
      const request = composedRequest.parse({
        method: "GET",
        target: "/read.cgi?a=1",
        headers: [],
        body: null,
        mode: null,
      });
      const asked = plan.parse({ vary: [{ place: "request", set: { kind: "probes", only: [probe.id] } }] });
      const options = { from: "cli", signal: new AbortController().signal } as const;
      const all: VariedRow[] = [];
      for await (const one of runVariations(workbench, variationsOf(request, asked), options)) all.push(one);
      const [done, ...others] = all;
      expect(others).toEqual([]);
      expect(done?.values).toEqual([probe.id]);
      expect(done?.broken).toEqual([]);
    },
    40_000,
  );
});

test("ids are unique", () => {
  expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
});
