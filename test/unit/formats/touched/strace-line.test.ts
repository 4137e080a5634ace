// What strace writes is read byte for byte, whatever a path consists of, and no text is too odd for it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ByteString } from "../../../../server/contract/bytes-text.js";
import { descriptorName, StraceLines, stringsIn } from "../../../../server/formats/touched/strace-line.js";
import { latin1 } from "../../../../server/protocol/byte-string.js";

/** As strace prints the bytes of a path: printable ASCII as it is, the rest in octal. */
const quoted = (bytes: string, also = ""): string =>
  [...bytes]
    .map((byte, at) => {
      if (byte === "\n") return "\\n";
      if (byte === '"' || byte === "\\") return `\\${byte}`;
      if (byte >= " " && byte <= "~" && !also.includes(byte)) return byte;
      const digit = /[0-7]/.test(bytes[at + 1] ?? "");
      return `\\${byte
        .charCodeAt(0)
        .toString(8)
        .padStart(digit ? 3 : 1, "0")}`;
    })
    .join("");

const bytes = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((array) => latin1(Buffer.from(array.map((byte) => byte || 1)).toString("latin1")));
const open = (path: ByteString, folder: ByteString): string =>
  `openat(AT_FDCWD<${quoted(folder, "<>")}>, "${quoted(path)}", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory) <0.000250>`;

describe("a call", () => {
  test("whatever the bytes of its path and folder are", () => {
    fc.assert(
      fc.property(bytes, bytes, (path, folder) => {
        const call = new StraceLines().read(`12 1700000000.500000 ${open(path, folder)}`);
        expect(call).toMatchObject({ kind: "call", pid: 12, name: "openat", result: -1, errno: "ENOENT", ms: 0.25 });
        if (call?.kind !== "call") throw new Error("a call");
        expect(call.args).toHaveLength(3);
        expect(stringsIn(call.args[1] ?? "")).toEqual([path]);
        expect(descriptorName(call.args[0] ?? "")).toBe(folder);
      }),
    );
  });

  test("cut by another process anywhere between its arguments", () => {
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (path, folder, isBehind) => {
        const whole = open(path, folder);
        const at = isBehind ? whole.lastIndexOf(") = ") : whole.indexOf('>, "') + 2;
        const lines = new StraceLines();
        expect(lines.read(`7 1.5 ${whole.slice(0, at)} <unfinished ...>`)).toBeNull();
        expect(lines.read("8 1.6 +++ exited with 3 +++")).toMatchObject({ kind: "end", pid: 8, exitCode: 3 });
        const joined = lines.read(`7 1.7 <... openat resumed>${whole.slice(at)}`);
        expect(joined).toEqual(new StraceLines().read(`7 1.5 ${whole}`));
      }),
    );
  });

  test("no text ends the reading", () => {
    const parts = [
      "12 1.5 ",
      "openat(",
      '"',
      "\\",
      "<",
      ">",
      "{",
      "[",
      ")",
      " = -1 ENOENT",
      "<unfinished ...>",
      "<... x resumed>",
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 30 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (all) => {
        const lines = new StraceLines();
        for (const line of all) lines.read(line);
      }),
    );
  });
});

test("the end of a process", () => {
  const read = (text: string) => new StraceLines().read(`9 2.25 ${text}`);
  expect(read("+++ killed by SIGSEGV (core dumped) +++")).toMatchObject({
    at: 2250,
    exitCode: null,
    signal: "SIGSEGV",
  });
  expect(read("+++ exited with 0 +++")).toMatchObject({ exitCode: 0, signal: null });
  expect(read("--- SIGCHLD {si_signo=SIGCHLD} ---")).toBeNull();
});
