// A kit's plan names what scripts wrote while watched requests ran, where no line of their sources shows it.
import { expect, test } from "vitest";
import { hiddenState } from "../../../server/features/deploy/hidden-state.js";
import { writtenFiles } from "../../../server/features/deploy/written-files.js";
import { startGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";
import { askTouched } from "../../support/touched-scripts.js";

const script = (work: string) => `#!/usr/bin/env python3
import logging.handlers, pathlib, tempfile
${work}
print("Content-Type: text/plain\\n")
print("hello")
`;

test.skipIf(!program("strace") || !program("python3"))(
  "a file that a library writes is found by a request, and one that is read is not (needs strace, python3)",
  async () => {
    await using gateway = await startGateway();
    gateway.folder.makeFolder("data");
    const root = gateway.folder.path;
    const relative = (file: string) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null);
    let count = 0;
    const found = async (work: string) => {
      const source = script(work);
      gateway.script("x.cgi", source);
      expect(hiddenState("x.cgi", "python3", source)).toEqual([]);
      await askTouched(gateway);
      const names = writtenFiles((await gateway.ended(++count)).slice(-1), { relative }).get("x.cgi");
      return [...(names ?? [])];
    };
    expect(await found(`logging.handlers.WatchedFileHandler("${root}/data/visits.log")`)).toEqual(["data/visits.log"]);
    expect(await found(`pathlib.Path("${root}/data/visits.log").read_bytes()`)).toEqual([]);
    expect(await found("tempfile.TemporaryFile().write(b'x')")).toEqual([]);
  },
);
