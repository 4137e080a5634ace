import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { readFacts } from "../../../server/routing/file-facts.js";

test.skipIf(process.platform !== "linux")("a file that opens but whose bytes the system refuses is unreadable", () => {
  const memory = "/proc/self/mem"; // nothing lies at its first address
  expect(readFacts(utf8(memory), statSync(memory))).toMatchObject({ begins: "unreadable" });
});
