// Which files another user could not use, beside what the system lets that user do; and each of suEXEC's checks.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { latin1 } from "../../../server/protocol/byte-string.js";
import {
  type FileFacts,
  foldersAbove,
  type Need,
  suexecRefusals,
  unusableFiles,
} from "../../../server/servers/permissions.js";
import { tempFolder } from "../../support/temp-workspace.js";

const isRoot = process.getuid?.() === 0;
const own = userInfo();
/** Root may do everything, so it asks for somebody else. */
const user = isRoot
  ? { name: "nobody", uid: 65_534, groups: [65_534] }
  : { name: own.username, uid: own.uid, groups: process.getgroups?.() ?? [] };
const asked = { read: "-r", write: "-w", run: "-x", enter: "-x" } as const;

function factsOf(path: ByteString): FileFacts {
  const { mode, uid, gid } = statSync(path);
  return { mode, uid, gid, isLink: false, real: null };
}

test("a user may not do what the system refuses that user", () => {
  using folder = tempFolder();
  chmodSync(folder.path, 0o755);
  folder.makeFolder("in");
  folder.write("in/file", "x");
  const [inner, file] = [latin1(folder.file("in")), latin1(folder.file("in/file"))];
  const ids = fc.constantFrom(0, 65_534);
  const modes = fc.integer({ min: 0, max: 0o777 });
  const needs = fc.constantFrom<Need["to"]>("read", "write", "run");
  let refused = 0;
  const tries = fc.property(modes, modes, ids, ids, needs, (folderMode, mode, uid, gid, to) => {
    chmodSync(inner, 0o755);
    chmodSync(file, mode);
    if (isRoot) for (const path of [inner, file]) chownSync(path, uid, gid);
    const facts = [...foldersAbove(file), file].map((path) => [path, factsOf(path)] as const);
    chmodSync(inner, folderMode);
    const files = new Map([...facts, [inner, factsOf(inner)]]);
    const { status } = spawnSync("test", [asked[to], file], isRoot ? { uid: user.uid, gid: 65_534 } : {});
    refused += status === 0 ? 0 : 1;
    const found = unusableFiles([{ path: file, to }], user, { files, userNames: new Map() });
    expect(found.map(({ code }) => code)).toEqual(status === 0 ? [] : ["file-not-permitted"]);
  });
  fc.assert(tries, { numRuns: 150, examples: [[0o755, 0o755, 0, 0, "run"]] });
  expect(refused).toBeGreaterThan(20);
});

const path = latin1("/var/www/site/a.cgi");
const folder: FileFacts = { mode: 0o40_755, uid: 1000, gid: 1000, isLink: false, real: null };
const script: FileFacts = { ...folder, mode: 0o100_755 };
const disk = (changes: Readonly<Record<string, Partial<FileFacts>>>, at = path) => ({
  files: new Map([
    ...foldersAbove(at).map((one) => [one, { ...folder, ...changes[one] }] as const),
    [at, { ...script, ...changes["script"] }] as const,
  ]),
  userNames: new Map<number, string>(),
});
const owned = (ids: Partial<FileFacts>) => ({ script: ids, "/var/www/site": ids });

test.each<[string, Parameters<typeof disk>, readonly number[]]>([
  ["a script as it wants it", [{}], []],
  ["one of a user's", [{}, latin1("/home/kim/public_html/a.cgi")], []],
  ["of root", [owned({ uid: 0 })], [7]],
  ["of a system's user", [owned({ uid: 33 })], [8]],
  ["of the group root", [owned({ gid: 0 })], [9]],
  ["of a system's group", [owned({ gid: 33 })], [10]],
  ["in a folder that its owner cannot come to", [{ "/var/www": { mode: 0o40_700, uid: 0, gid: 0 } }], [12]],
  ["outside of the document root", [{}, latin1("/srv/site/a.cgi")], [13]],
  ["in a folder that its group may change", [{ "/var/www/site": { mode: 0o40_775 } }], [14]],
  ["a link", [{ script: { isLink: true } }], [15]],
  ["that everyone may change", [{ script: { mode: 0o100_757 } }], [16]],
  ["setuid", [{ script: { mode: 0o104_755 } }], [17]],
  ["of another user than its folder", [{ script: { uid: 1001 } }], [18]],
  ["that its owner may not run", [{ script: { mode: 0o100_655 } }], [20]],
])("suEXEC and %s", (_, [changes, at = path], checks) => {
  expect(suexecRefusals(at, disk(changes, at)).map(({ data }) => data?.["check"])).toEqual(checks);
});
