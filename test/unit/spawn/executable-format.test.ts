// The kernel is the reference: what it refuses natively with ENOEXEC has no executable format, and the other way round.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { hasExecutableFormat } from "../../../server/spawn/portable/executable-format.js";
import { StartError, type Starter } from "../../../server/spawn/start.js";
import { program, run } from "./run-child.js";

const folder = mkdtempSync(join(tmpdir(), "format-"));
let starter: Starter;
beforeAll(async () => {
  starter = (await createStarter("native")).starter;
});
afterAll(async () => {
  await starter.dispose();
  rmSync(folder, { recursive: true });
});

const slashes = (count: number): string => "/".repeat(count);
test.each([
  ["a shebang", "#!/bin/sh\n"],
  ["a shebang with an argument", "#! \t/bin/sh -e\n"],
  ["a shebang without a line end", "#!/bin/sh"],
  ["a shebang and nothing", "#!\n"],
  ["a shebang and spaces", "#!  \t \n"],
  ["only two bytes", "#!"],
  ["only two bytes and spaces", "#!  "],
  ["an argument without a line end", "#!/bin/sh -e"],
  ["no shebang", "echo\n"],
  ["nothing at all", ""],
  ["a byte order mark first", "\ufeff#!/bin/sh\n"],
  ["a space first", " #!/bin/sh\n"],
  ["a path that ends at byte 255", `#!${slashes(246)}bin/sh\n`],
  ["a path that ends at byte 256", `#!${slashes(247)}bin/sh\n`],
  ["a path that ends at byte 257", `#!${slashes(248)}bin/sh\n`],
  ["a path in bounds with an argument out of bounds", `#!/bin/sh ${"-".repeat(300)}\n`],
  ["a program", readFileSync("/bin/true", "latin1")],
])("%s", async (name, text) => {
  const path = join(folder, name.replaceAll(" ", "-"));
  writeFileSync(path, text, text.startsWith("\x7fELF") ? "latin1" : "utf8");
  chmodSync(path, 0o755);
  let code = "started";
  try {
    (await run(starter, program(path))).child.end(0);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    code = error.code;
  }
  expect(hasExecutableFormat(path), code).toBe(code !== "ENOEXEC");
});

test("what cannot be read is left to the start", () => {
  expect(hasExecutableFormat(join(folder, "missing"))).toBe(true);
  expect(hasExecutableFormat(folder)).toBe(true);
});
