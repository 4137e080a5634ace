// The files that a request needed, with the facts by which another user could or could not use them.
import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { fromBytesText } from "../../base/decode-text.js";
import { diskPath, unlessRefused } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Touch } from "../../contract/touched.js";
import { fromBytes, utf8 } from "../../protocol/byte-string.js";
import { readFacts, shebangLine } from "../../routing/file-facts.js";
import { parseShebang } from "../../routing/shebang.js";
import { type DiskFacts, type FileFacts, foldersAbove, type Need, type User } from "../../servers/permissions.js";
import { scriptPlace } from "../../trace/recorded-run.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { findProgram } from "../../workspace/interpreters/interpreters.js";

export interface RequestedFiles extends DiskFacts {
  readonly script: ByteString;
  readonly needs: readonly Need[];
  /** By their names. */
  readonly users: ReadonlyMap<string, User>;
  /** Who started the workbench. */
  readonly self: User;
}

/** What each kind of touch needs of the file, or else of its folder. */
const needOf: Readonly<Partial<Record<Touch["did"], Need["to"]>>> = {
  read: "read",
  wrote: "write",
  listed: "read",
  entered: "enter",
  started: "run",
};
const changesFolder = new Set<Touch["did"]>(["created", "removed", "renamed"]);

/** `root`: of the open folder. */
export async function requestedFiles(trace: TraceRecord, root: ByteString): Promise<RequestedFiles> {
  const { file } = scriptPlace(trace, root);
  const files = new Map<ByteString, FileFacts>();
  const learn = (path: ByteString) => learnPath(path, files);
  await learn(file);
  const touches = (trace.process?.touched?.touches ?? []).filter(({ errno }) => errno !== "ENOENT");
  const needs: Need[] = [
    { path: file, to: trace.route.kind === "static" ? "read" : "run" },
    ...(trace.route.kind === "static" ? [] : await interpreterNeeds(trace, file)),
    ...touches.flatMap(({ did, name }): Need[] => {
      const path = fromBytesText(name);
      const to = needOf[did];
      if (!path.startsWith("/")) return [];
      if (changesFolder.has(did)) return [{ path: foldersAbove(path).at(-1) ?? path, to: "write" }];
      return to === undefined ? [] : [{ path, to }];
    }),
  ];
  for (const { path } of needs) await learn(path);
  return { script: file, needs, files, ...(await accounts()), self: ownUser() };
}

/** A script with a first line is read by its interpreter; one for `env` is searched for. */
async function interpreterNeeds({ argv, env }: TraceRecord, file: ByteString): Promise<Need[]> {
  const stats = await unlessRefused(stat(diskPath(file)), null);
  const shebang = stats?.isFile() ? parseShebang(shebangLine(readFacts(file, stats).bytes)) : null;
  const path = env?.find(({ name }) => name === "PATH")?.value ?? process.env["PATH"] ?? "";
  const given = argv?.[0] === file ? undefined : argv?.[0];
  const programs = shebang === null ? [given] : [shebang.program, shebang.searchedFor];
  const found = programs.flatMap((name) => (name ? (findProgram(name, path) ?? name) : []));
  const runs = found.filter((one) => one.startsWith("/")).map((one): Need => ({ path: utf8(one), to: "run" }));
  return runs.length === 0 ? [] : [{ path: file, to: "read" }, ...runs];
}

/** All folders on the way to the path, and to where its links lead. */
async function learnPath(path: ByteString, files: Map<ByteString, FileFacts>): Promise<void> {
  if (files.has(path)) return;
  for (const one of [...foldersAbove(path), path]) {
    if (files.has(one)) continue;
    const [own, stats] = await Promise.all([lstat, stat].map((ask) => unlessRefused(ask(diskPath(one)), null)));
    if (!own || !stats) return;
    const { mode, uid, gid } = stats;
    files.set(one, { mode, uid, gid, real: null, isLink: own.isSymbolicLink() });
  }
  const bytes = await unlessRefused(realpath(diskPath(path), { encoding: "buffer" }), null);
  const real = bytes === null ? path : fromBytes(bytes);
  const facts = files.get(path);
  if (real === path || facts === undefined) return;
  files.set(path, { ...facts, real });
  await learnPath(real, files);
}

const ownUser = (): User => ({
  name: userInfo().username,
  uid: process.geteuid?.() ?? null,
  groups: process.getgroups?.() ?? [],
});

/** The users of this machine, as far as its files name them. */
async function accounts(): Promise<Pick<RequestedFiles, "users" | "userNames">> {
  const [people = [], groups = []] = await Promise.all(
    ["/etc/passwd", "/etc/group"].map(async (path) =>
      (await unlessRefused(readFile(path, "utf8"), "")).split("\n").map((line) => line.split(":")),
    ),
  );
  const users = people.flatMap(([name = "", , uid = "", gid = ""]): User[] => {
    const further = groups.flatMap(([, , id, members]) => (members?.split(",").includes(name) ? [Number(id)] : []));
    return uid === "" ? [] : [{ name, uid: Number(uid), groups: [Number(gid), ...further] }];
  });
  return {
    users: new Map(users.map((user) => [user.name, user])),
    userNames: new Map(users.toReversed().map(({ uid, name }) => [uid ?? -1, name])),
  };
}
