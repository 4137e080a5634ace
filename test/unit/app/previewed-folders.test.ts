// Which folder a browser last showed previews of, in a real file.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PreviewedFolders } from "../../../server/app/previewed-folders.js";
import { tempFolder } from "../../support/temp-workspace.js";

const origin = "http://127.0.0.1:8000";
/** A log that remembers codes. */
function newLog() {
  const codes: (string | null)[] = [];
  return { codes, write: ({ code }: { readonly code: string | null }) => void codes.push(code) };
}

test("the last folder of each origin, for the next server too, in a file of the user's own", async () => {
  using data = tempFolder();
  const file = join(data.path, "made", "previewed-folders.json");
  const log = newLog();
  const one = new PreviewedFolders(() => "/one", log, file);
  expect(one.isOther(origin)).toBe(false); // nothing was shown there yet
  one.shown(origin);
  one.shown("http://127.0.0.1:9000");
  expect(one.isOther(origin)).toBe(false);
  await one.saved();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const two = new PreviewedFolders(() => "/two", log, file);
  expect(two.isOther(origin)).toBe(true);
  two.shown(origin);
  expect(two.isOther(origin)).toBe(false); // before it is in the file
  await two.saved();
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    "http://127.0.0.1:9000": "/one",
    [origin]: "/two",
    "127.0.0.1": "/two",
  });
  expect(log.codes).toEqual([]);
});

test("cookies are a host's, whatever the port", async () => {
  using data = tempFolder();
  let folder = "/one";
  const folders = new PreviewedFolders(() => folder, newLog(), data.file("previewed-folders.json"));
  folders.shown(origin);
  folder = "/two";
  const [port, host] = ["http://127.0.0.1:9000", "http://localhost:8000"];
  expect([folders.isOther(port), folders.isOtherAtHost(port), folders.isOtherAtHost(host)]).toEqual([
    false,
    true,
    false,
  ]);
  folders.shown(port);
  folder = "/one";
  expect([folders.isOther(origin), folders.isOtherAtHost(origin)]).toEqual([false, true]);
  await folders.saved();
});

test("a damaged file counts as empty, and the next write replaces it", async () => {
  using data = tempFolder();
  const file = data.file("previewed-folders.json");
  writeFileSync(file, '{"http://127.0.0.1:8000": "/o');
  const folders = new PreviewedFolders(() => "/one", newLog(), file);
  expect(folders.isOther(origin)).toBe(false);
  folders.shown(origin);
  await folders.saved();
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ [origin]: "/one", "127.0.0.1": "/one" });
});

test("where the file cannot be written, the log says so and this server still remembers", async () => {
  using data = tempFolder();
  const file = data.file("previewed-folders.json");
  mkdirSync(file); // a folder in its place: not even root can write it
  const log = newLog();
  let folder = "/one";
  const folders = new PreviewedFolders(() => folder, log, file);
  folders.shown(origin);
  await folders.saved();
  expect(log.codes).toEqual(["previews-not-kept"]);
  expect(folders.isOther(origin)).toBe(false);
  folder = "/two";
  expect(folders.isOther(origin)).toBe(true);
});
