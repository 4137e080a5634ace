// An earlier version of a script runs from a copy: what the doctor says of it is about the version's bytes, and names
// the script, not the copy.
import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { replayEarlier } from "../../../server/features/exchange/replay-version.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { problem } from "../../support/coded.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let workbench: Workbench;
beforeEach(async () => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
});
afterEach(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const path = "cgi-bin/a.cgi";
function save(text: string): void {
  folder.write(path, text);
  folder.makeExecutable(path);
}

async function sent(): Promise<TraceRecord> {
  const request = { method: utf8("GET"), target: utf8(`/${path}`), headers: [], body: null };
  const signal = AbortSignal.timeout(60_000);
  return workbench.sender.deliver(request, { from: "composer" }, { signal, onResponse: () => {} });
}

/** A request to this version, sent to it again after this change. */
async function replayed(version: string, change: () => void): Promise<TraceRecord> {
  save(version);
  const recorded = await sent();
  const { scriptHash } = recorded.route;
  expect(scriptHash).toBe(createHash("sha256").update(version).digest("hex"));
  change();
  const stores = { version: async () => Buffer.from(version) };
  const { sender, folder: session, doctor } = workbench;
  const { done } = await replayEarlier(
    { sender, doctor, stores, folder: session },
    recorded,
    new AbortController().signal,
  );
  return doctor.examined(await done);
}

const healthy = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n";

describe.skipIf(process.platform === "win32")("a version that does not start", () => {
  test.each([
    ["names an interpreter that does not exist", "#!/no/such/program\n", "interpreter-missing"],
    ["has Windows line endings", "#!/bin/sh\r\necho\r\n", "shebang-carriage-return"],
    ["has no first line for the system", "echo hello\n", "no-shebang"],
    ["begins with a byte order mark", "\ufeff#!/bin/sh\n", "byte-order-mark"],
  ])("because it %s", async (_, version, rule) => {
    const { findings } = await replayed(version, () => save(healthy));
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(findings.find((finding) => finding.rule === rule)).toMatchObject({ line: 1 });
    expect(JSON.stringify(findings)).not.toContain("earlier-versions");
    expect(JSON.stringify(findings)).toContain(folder.file(path));
  });

  test("is not judged by today's file", async () => {
    const { outcome, findings } = await replayed(healthy, () => save("#!/no/such/program\n"));
    expect([outcome, findings]).toEqual(["ok", []]);
  });
});

describe.skipIf(process.platform === "win32")("the folder of a script", () => {
  test("that is gone leads to no script", async () => {
    const { response } = await replayed(healthy, () => folder.remove("cgi-bin"));
    expect(response?.status).toBe(404);
  });

  test("that cannot be read is named", async () => {
    const unreadable = () => {
      folder.remove("cgi-bin");
      symlinkSync("cgi-bin", folder.file("cgi-bin"));
    };
    await expect(replayed(healthy, unreadable)).rejects.toThrow(
      problem("script-folder-unreadable", { folder: folder.file("cgi-bin") }),
    );
  });
});
