// `leaks` before its first request.
import { afterEach, expect, test, vi } from "vitest";
import { leaks } from "../../../server/cli/leaks.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.skipIf(process.platform === "win32")("without a temporary folder it ends, and names that folder", async () => {
  vi.stubEnv("TMPDIR", "/missing");
  await expect(leaks([".", "/x.py"])).rejects.toMatchObject({
    problem: { code: "no-temporary-folder", data: { path: "/missing" } },
  });
});
