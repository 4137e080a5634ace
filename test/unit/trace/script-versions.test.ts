// Scripts as they were when they ran: kept by hash, bounded, and fed by the routing of requests alone.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { ScriptVersions } from "../../../server/trace/script-versions.js";
import { versionContent } from "../../../server/workspace/files/text-file.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { site } from "../routing/site.js";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

test("keeps copies within its bound; the least recent go first", () => {
  const versions = new ScriptVersions(1000);
  const bytes = Buffer.from("a".repeat(100));
  versions.keep("a", bytes);
  bytes.fill("x");
  expect(Buffer.from(versions.get("a") ?? []).toString()).toBe("a".repeat(100));
  versions.keep("b", Buffer.alloc(100));
  versions.keep("a", Buffer.alloc(100));
  versions.keep("c", Buffer.alloc(300));
  expect([versions.get("a"), versions.get("b"), versions.get("c")].map((kept) => kept?.length ?? null)).toEqual([
    100,
    null,
    300,
  ]);
  expect(versions.bytes).toBeLessThanOrEqual(1000);
  versions.keep("huge", Buffer.alloc(3 << 20));
  expect(versions.get("huge")).toBeNull();
});

test("a request's script is kept as it was, a static file is not, and it survives the file and its configuration", async () => {
  using folder = site({ "cgi-bin/x.py": { run: "#!/usr/bin/env python3\n# one\n" }, "page.html": "<p>", "x/": "" });
  const versions = new ScriptVersions();
  const workspace = await Workspace.open(folder.root, { lockFolder: join(folder.root, "x"), versions });
  const text = "#!/usr/bin/env python3\n# one\n";
  const resolve = (path: string) => workspace.routing.resolve({ path: utf8(path), query: utf8("") });
  expect(resolve("/cgi-bin/x.py")).toMatchObject({ kind: "script", scriptHash: hashOf(text) });
  expect(resolve("/page.html")).toMatchObject({ kind: "static" });
  await workspace.dispose();
  writeFileSync(join(folder.root, "cgi-bin/x.py"), "changed");
  expect(versionContent(versions.get(hashOf(text)) ?? new Uint8Array())).toMatchObject({ text, bom: false });
  expect(versions.get(hashOf("<p>"))).toBeNull();
});

test("bytes that are not text are binary; a byte order mark is no part of the text", () => {
  const text = { kind: "text", text: "print()", bom: true, encoding: "utf-8" };
  expect(versionContent(Buffer.from("\uFEFFprint()"))).toEqual(text);
  expect(versionContent(new Uint8Array([0x7f, 0x45, 0]))).toMatchObject({ kind: "binary", sizeBytes: 3 });
});
