// The copied command is run by real shells: the program it starts reports what it was started with.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ByteString } from "../../../../server/contract/bytes-text.js";
import { envCommand } from "../../../../server/formats/export/env-command.js";
import { byteString, fromBytes, utf8 } from "../../../../server/protocol/byte-string.js";
import { program, tempFolder } from "../../../support/temp-workspace.js";
import { anyBytes } from "../../protocol/arbitraries.js";

const run = promisify(execFile);
const shells = ["sh", "bash"].filter((name) => program(name) !== null);
const withoutNul = (bytes: ByteString): ByteString => byteString(bytes.replaceAll("\0", ""));

const mark = "<=4711=>";
/** Prints its environment and arguments NUL-separated, then its stdin. */
const reporter = `#!/bin/sh
cat </proc/self/environ
printf '${mark}'
for word; do printf '%s\\0' "$word"; done
printf '${mark}'
cat
pwd
`;

describe.skipIf(process.platform !== "linux")("a start copied as env -i (needs Linux)", () => {
  test.each(shells)("gives the same environment, arguments, stdin and folder when %s runs it", async (shell) => {
    using folder = tempFolder();
    for (const name of ["report", "odd=name it's"]) {
      folder.write(name, reporter);
      folder.makeExecutable(name);
    }
    const variable = fc.tuple(
      fc.constantFrom("QUERY_STRING", "HTTP_X", "PATH_INFO", "odd-name").map((name) => byteString(name)),
      fc
        .oneof(
          anyBytes(30),
          fc.constantFrom(utf8('it\'s $HOME `x` \\ "q"'), utf8("Jürgen"), utf8("two\nlines\n\n"), utf8("-n")),
        )
        .map(withoutNul),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(variable, { selector: ([name]) => name }),
        fc.array(anyBytes(12).map(withoutNul), { maxLength: 3 }),
        fc.option(fc.oneof(anyBytes(60), fc.constant(utf8("%s\\n"))), { nil: null }),
        fc.constantFrom("report", "odd=name it's"),
        async (env, words, stdin, name) => {
          const command = envCommand({ argv: [utf8(folder.file(name)), ...words], cwd: utf8(folder.path), env, stdin });
          const { stdout } = await run(shell, ["-c", command], { encoding: "buffer" });
          const [environment = "", given, rest] = fromBytes(stdout).split(mark);
          // The reporter's own shell may add PWD and its like.
          for (const [key, value] of env)
            if (key !== "odd-name") expect(`\0${environment}`).toContain(`\0${key}=${value}\0`);
          expect(given).toBe(words.map((word) => `${word}\0`).join(""));
          expect(rest).toBe(`${stdin ?? ""}${folder.path}\n`);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("reads as people write it", () => {
  const command = envCommand({
    argv: [utf8("/srv/www/cgi-bin/sum.py")],
    cwd: utf8("/srv/www/cgi-bin"),
    env: [
      [utf8("REQUEST_METHOD"), utf8("GET")],
      [utf8("QUERY_STRING"), utf8("a=1&b=2")],
      [utf8("PATH_INFO"), utf8("")],
    ],
    stdin: null,
  });
  expect(command).toBe(
    "(cd /srv/www/cgi-bin && env -i \\\n  REQUEST_METHOD=GET \\\n  QUERY_STRING='a=1&b=2' \\\n  PATH_INFO= \\\n  /srv/www/cgi-bin/sum.py </dev/null)",
  );
});
