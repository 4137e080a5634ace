// A syntax check that does not come to its end: the next one waits for it, so it has a limit whatever it leaves.
import { expect, test } from "vitest";
import { runSyntaxCheck } from "../../../server/doctor/static-checks/run-syntax-check.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { program } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";

test.skipIf(!program("setsid")).each(["native", "portable"] as const)(
  "%s: a process that left the session and holds the output does not hold the check",
  async (start) => {
    const { starter } = await createStarter(start);
    const check = runSyntaxCheck(
      starter,
      {
        program: "/bin/sh",
        args: ["-c", "setsid sleep 8 & exit 0"],
        folder: "/",
        environment: new Map([[byteString("PATH"), byteString("/usr/bin:/bin")]]),
        source: byteString(""),
      },
      300,
    );
    expect(await within("the check", check, 4000)).toBeNull();
    await starter.dispose();
  },
);
