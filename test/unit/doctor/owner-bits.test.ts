// The read bit that the script's interpreter needs.
import { expect, test } from "vitest";
import { rule as notReadable } from "../../../server/doctor/rules/start/script-not-readable/rule.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { failed } from "./written-traces.js";

const denied = "sh: 0: cannot open /w/x.sh: Permission denied\n";
const source = byteString("#!/bin/sh\necho\n");
const own = process.geteuid?.() ?? 0;
const file = {
  ...{ path: "/w/x.sh", exists: true, sizeBytes: 15, source, program: null, shebang: null, folders: [] },
  ...{ mode: 0o755, uid: own },
};

test.each([
  ["sh", denied],
  ["perl", 'Can\'t open perl script "/w/x.sh": Permission denied\n'],
  ["python", "python3: can't open file '/w/x.sh': [Errno 13] Permission denied\n"],
])("%s may not read the script", (_name, stderr) => {
  const trace = failed(stderr, "/w/x.sh");
  expect(notReadable.check({ ...trace, file: { ...file, source: byteString(""), mode: 0o311 } })).toMatchObject({
    evidence: [{ kind: "mode", mode: "0311" }],
  });
  expect(notReadable.check({ ...trace, file })).toBeNull();
  expect(notReadable.check({ ...trace, file: { ...file, source: byteString(""), sizeBytes: 0 } })).toBeNull();
});

test("not so a compiled program that may not read another file", () => {
  for (const stderr of ["/w/x.sh: open /log: Permission denied\n", "open /log: Permission denied\n"])
    expect(notReadable.check({ ...failed(stderr, "/w/x.sh"), file: { ...file, source: byteString("") } })).toBeNull();
});
