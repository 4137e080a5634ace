// A disk without space, or a temporary folder that is gone, while a large chunked upload is collected: 507, and where;
// and no descriptor for the file.
import { promises, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { coded } from "../../support/coded.js";
import { request, startGateway } from "../../support/gateway.js";
import { canMount, mountDisk } from "../../support/small-disk.js";
import { tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.unstubAllEnvs());

const upload = (bytes: number): string =>
  request(
    "POST",
    "/count.sh",
    ["Connection: close", "Transfer-Encoding: chunked"],
    `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n0\r\n\r\n`,
  );
const large = 3 << 20;
const script = "printf 'Content-Type: text/plain\\n\\n'; wc -c";

test("the temporary folder is gone: 507 names it, and the next request is served (B16)", async () => {
  await using gateway = await startGateway();
  gateway.script("count.sh", script);
  const missing = join(gateway.folder.path, "gone");
  vi.stubEnv("TMPDIR", missing);
  expect(await gateway.ask(upload(large))).toMatch(/^HTTP\/1\.1 507 /);
  expect(await gateway.ask(upload(10))).toMatch(/^HTTP\/1\.1 200 /);
  const [refused] = await gateway.ended(2);
  expect(refused).toMatchObject({
    outcome: "upstream-error",
    cause: coded("body-not-stored", { folder: missing, errno: "ENOENT" }),
  });
});

test("no descriptor is left: 503, which does not speak of space, and the next request is served", async () => {
  await using gateway = await startGateway();
  gateway.script("count.sh", script);
  const { open } = promises;
  const spy = vi.spyOn(promises, "open").mockImplementation((path, flags, mode) => {
    if (flags !== "wx+") return open(path, flags, mode);
    return Promise.reject(Object.assign(new Error("too many open files"), { code: "EMFILE" }));
  });
  syncBuiltinESMExports(); // the named imports, too
  try {
    expect(await gateway.ask(upload(large))).toMatch(/^HTTP\/1\.1 503 /);
  } finally {
    spy.mockRestore();
    syncBuiltinESMExports();
  }
  expect(await gateway.ask(upload(large))).toContain(String(large));
  const [refused] = await gateway.ended(2);
  expect(refused).toMatchObject({
    outcome: "upstream-error",
    cause: coded("body-not-stored", { errno: "EMFILE" }),
  });
});

test.skipIf(!canMount())("no space is left: 507, and it works again when there is (needs mount)", async () => {
  await using gateway = await startGateway();
  gateway.script("count.sh", script);
  using place = tempFolder();
  using _ = mountDisk(place.path, "4m");
  const filler = place.file("filler");
  writeFileSync(filler, Buffer.alloc(3 << 20));
  vi.stubEnv("TMPDIR", place.path);
  expect(await gateway.ask(upload(large))).toMatch(/^HTTP\/1\.1 507 /);
  place.remove("filler");
  expect(await gateway.ask(upload(large))).toContain(String(large));
  const [refused] = await gateway.ended(2);
  expect(refused?.cause).toEqual(coded("body-not-stored", { folder: place.path, errno: "ENOSPC" }));
});
