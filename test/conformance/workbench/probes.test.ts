// Every probe of the library, sent over a real socket: the gateway serves or refuses each as the library says.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProbe } from "../../../server/app/run-probe.js";
import { Workbench } from "../../../server/app/workbench.js";
import { probes } from "../../../server/formats/probes/library.js";
import { byteString } from "../../../server/protocol/byte-string.js";
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
      const probed = await runProbe(workbench, probe, byteString("/read.cgi?a=1"), new AbortController().signal);
      expect(probed).toMatchObject({ asExpected: true });
      expect(probed.scriptPassed).not.toBe(false);
    },
    40_000,
  );
});

test("ids are unique", () => {
  expect(new Set(probes.map(({ id }) => id)).size).toBe(probes.length);
});
