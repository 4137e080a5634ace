// Trust in real folders: what opening one starts, what it refuses, and where the user's decision is kept.
import { chmodSync, existsSync, statSync, symlinkSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { hashOf } from "../../../server/workspace/files/text-file.js";
import type { RunTrust } from "../../../server/workspace/trust/folder-trust.js";
import { TrustedFolders, trustedFoldersFile } from "../../../server/workspace/trust/trusted-folders.js";
import { Workspace, type WorkspaceChange } from "../../../server/workspace/workspace.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const opened: Workspace[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((workspace) => workspace.dispose()));
});

/** A folder `site` beside the user's data folder. */
function newPlace(config?: unknown): { folder: TempFolder; folders: TrustedFolders; file: string } {
  const folder = tempFolder();
  const file = trustedFoldersFile({ XDG_DATA_HOME: folder.file("data") });
  for (const name of ["site", "locks"]) folder.makeFolder(name);
  if (config !== undefined) folder.write("site/cgi-workbench.json", JSON.stringify(config));
  return { folder, folders: new TrustedFolders(file), file };
}
async function open(
  folder: TempFolder,
  folders: TrustedFolders,
  { run = null, onChange = () => {} }: { run?: RunTrust | null; onChange?: (change: WorkspaceChange) => void } = {},
): Promise<Workspace> {
  const workspace = await Workspace.open(folder.file("site"), {
    trust: { folders, run },
    onChange,
    lockFolder: folder.file("locks"),
  });
  opened.push(workspace);
  return workspace;
}
const evil = { handlers: { ".py": { interpreter: ["./bin/python3"] } }, links: ["/etc"] };
const routeIn = (workspace: Workspace, path: string) => workspace.routeOf(path);
const save = async (workspace: Workspace, config: unknown, path = "cgi-workbench.json") => {
  const before = await workspace.readBytes(path);
  const text = { text: JSON.stringify(config), bom: false, expectedHash: before && hashOf(before.bytes) };
  expect((await workspace.write(path, text)).kind).toBe("saved");
};

test("a folder never opened before runs nothing of its own and refuses what its settings would lead to", async () => {
  const { folder, folders, file } = newPlace(evil);
  using _ = folder;
  for (const name of ["bin", "shims"]) folder.makeFolder(`site/${name}`);
  folder.write("site/bin/python3", '#!/bin/sh\ntouch "$(dirname "$0")/../ran"\n');
  folder.makeExecutable("site/bin/python3");
  folder.write("site/a.py", "print()");
  folder.write("site/b.pl", "print 1;");
  const workspace = await open(folder, folders);
  workspace.askVersions();
  expect(workspace.trust.state).toBe("new");
  expect(workspace.trust.wants.map(({ setting }) => setting)).toEqual(["handlers .py interpreter", "links"]);
  expect(workspace.config.links).toEqual([]);
  expect(workspace.interpreters.every(({ version }) => version === null)).toBe(true);
  expect(routeIn(workspace, "a.py")).toMatchObject({ kind: "none", status: 503, why: { code: "handler-untrusted" } });
  expect(routeIn(workspace, "b.pl")?.kind).toBe("script");
  expect((await workspace.read("a.py")).kind).toBe("text");

  await workspace.grantTrust(workspace.trust.fingerprint);
  expect(workspace.trust.state).toBe("trusted");
  expect(workspace.config.links).toEqual(["/etc"]);
  expect(routeIn(workspace, "a.py")?.kind).toBe("script");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await open(folder, folders);
  expect(again.isTrusted).toBe(true);
  await workspace.dispose();
  await again.dispose();
  expect(existsSync(folder.file("site/ran"))).toBe(false);
});

test("a route that leads elsewhere is refused, and never served from the folder instead", async () => {
  const { folder, folders } = newPlace({ routes: [{ path: "/git/", dir: "/usr/share" }] });
  using _ = folder;
  folder.makeFolder("site/git");
  folder.write("site/git/x.txt", "x");
  const workspace = await open(folder, folders);
  expect(routeIn(workspace, "git/x.txt")).toBeNull();
  expect(workspace.config.routes).toEqual([]);
});

test("trusting names what was seen: settings that came since are not trusted", async () => {
  const { folder, folders } = newPlace();
  using _ = folder;
  const workspace = await open(folder, folders);
  const { fingerprint } = workspace.trust;
  folder.write("site/cgi-workbench.json", JSON.stringify(evil));
  await expect(workspace.grantTrust(fingerprint)).rejects.toMatchObject({ problem: { code: "trust-changed" } });
  expect(workspace.isTrusted).toBe(false);
  expect(workspace.trust.wants).toHaveLength(2);
});

test("a change from outside loses trust, a save in the editor keeps it", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.watching;
  await workspace.grantTrust(workspace.trust.fingerprint);
  await save(workspace, { links: ["/etc", "/srv"] });
  expect(workspace.trust.state).toBe("trusted");
  expect(workspace.config.links).toEqual(["/etc", "/srv"]);

  folder.write("site/cgi-workbench.json", JSON.stringify({ links: ["/"] }));
  await waitFor("the loss", () => workspace.trust.state === "changed");
  await waitFor("the configuration without it", () => workspace.config.links.length === 0);

  await save(workspace, { links: ["/", "/etc"] });
  expect(workspace.trust.state).toBe("changed");
  expect(workspace.config.links).toEqual([]);
});

test("trust that another process has ended does not come back with the next save", async () => {
  const { folder, folders, file } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  await new TrustedFolders(file).revoke(workspace.root);
  await save(workspace, { links: ["/etc", "/srv"] });
  expect(workspace.trust.state).toBe("new");
  expect(workspace.config.links).toEqual([]);
  expect(await folders.recordOf(workspace.root)).toBeNull();
});

test("saves keep trust while the watcher reports that any file may have changed, as when it starts", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  for (let round = 0; round < 5; round++) {
    let isReported = false;
    const onChange = ({ paths }: WorkspaceChange) => {
      isReported ||= paths === null;
    };
    const workspace = await open(folder, folders, { onChange });
    await workspace.grantTrust(workspace.trust.fingerprint);
    void workspace.watching;
    // the report comes between two steps of one of these
    for (let saves = 0; !isReported; saves++) await save(workspace, { links: ["/etc", `/srv/${saves}`] });
    expect(workspace.trust.state).toBe("trusted");
    await workspace.dispose();
  }
});

test("a change from outside that no event has told of yet is not trusted by a save", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  folder.write("site/cgi-workbench.json", JSON.stringify({ links: ["/"] }));
  await save(workspace, { links: ["/", "/srv"] });
  expect(workspace.trust.state).toBe("changed");
});

test("what another program wrote with a mistake is not trusted by the save that fixes it, the user's own is", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  await save(workspace, { links: "/srv" });
  await save(workspace, { links: ["/etc", "/srv"] });
  expect(workspace.trust.state).toBe("trusted");
  // Also one with the mistake that the user has made before.
  await save(workspace, { links: ["/etc"], lniks: [] });
  folder.write("site/cgi-workbench.json", JSON.stringify({ links: ["/"], lniks: [] }));
  await save(workspace, { links: ["/"] });
  expect(workspace.trust.state).toBe("changed");
});

test("a change from outside that loses trust is a change, though nothing else is in force", async () => {
  const { folder, folders } = newPlace({});
  using _ = folder;
  let isTold = false;
  const workspace = await open(folder, folders, { onChange: ({ config }) => (isTold ||= config) });
  await workspace.watching;
  await workspace.grantTrust(workspace.trust.fingerprint);
  isTold = false;
  folder.write("site/cgi-workbench.json", JSON.stringify({ links: ["/etc"] }));
  await waitFor("the loss", () => workspace.trust.state === "changed");
  await waitFor("the change", () => isTold);
});

test("a save by another name keeps trust, and does not trust a change from outside", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  symlinkSync("cgi-workbench.json", folder.file("site/settings.json"));
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  await save(workspace, { links: ["/etc", "/srv"] }, "settings.json");
  expect([workspace.trust.state, workspace.config.links]).toEqual(["trusted", ["/etc", "/srv"]]);
  folder.write("site/cgi-workbench.json", JSON.stringify({ links: ["/"] }));
  await save(workspace, { links: ["/", "/srv"] }, "settings.json");
  expect(workspace.trust.state).toBe("changed");
});

test("a setting that goes, and a folder that wants nothing, stay trusted", async () => {
  const { folder, folders } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.watching;
  await workspace.grantTrust(workspace.trust.fingerprint);
  folder.write("site/cgi-workbench.json", "{}");
  await waitFor("the new configuration", () => workspace.trust.wants.length === 0);
  expect(workspace.trust.state).toBe("trusted");
});

test("trust is for the real path: a link shares it, another folder with the same settings does not", async () => {
  const { folder, folders } = newPlace(evil);
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  symlinkSync(folder.file("site"), folder.file("link"));
  folder.copyIn("copy", folder.file("site"));
  const openAt = async (name: string) => {
    const at = await Workspace.open(folder.file(name), { trust: { folders }, lockFolder: folder.file("locks") });
    opened.push(at);
    return at;
  };
  expect((await openAt("link")).isTrusted).toBe(true);
  expect((await openAt("copy")).isTrusted).toBe(false);
});

test("a command's trust is for its run, and the address stays this machine's without a host of its own", async () => {
  const { folder, folders, file } = newPlace({ ...evil, server: { host: "0.0.0.0" } });
  using _ = folder;
  const workspace = await open(folder, folders, { run: { host: null } });
  expect(workspace.isTrusted).toBe(true);
  expect(workspace.config.links).toEqual(["/etc"]);
  expect(workspace.config.server.host).toBe("127.0.0.1");
  expect(workspace.problems.map(({ code }) => code)).toEqual(["host-waits"]);
  expect((await open(folder, folders, { run: { host: "0.0.0.0" } })).config.server.host).toBe("0.0.0.0");
  expect(existsSync(file)).toBe(false);
  expect((await open(folder, folders)).isTrusted).toBe(false);
});

test.each([
  ["is damaged", "{", 0o600],
  ["other users can write", '{"schema":1,"folders":{},"below":["/"]}', 0o666],
  ["has another schema", '{"schema":2,"folders":{},"below":["/"]}', 0o600],
])("a file of trusted folders that %s trusts none, and says so", async (_what, text, mode) => {
  const { folder, folders, file } = newPlace();
  using _ = folder;
  folder.makeFolder("data/cgi-workbench");
  folder.write("data/cgi-workbench/trusted-folders.json", text);
  chmodSync(file, mode);
  const workspace = await open(folder, folders);
  expect(workspace.isTrusted).toBe(false);
  expect(workspace.problems.map(({ code }) => code)).toEqual(["trust-not-read"]);
  await expect(workspace.grantTrust(workspace.trust.fingerprint)).rejects.toMatchObject({
    problem: { code: "trust-not-read" },
  });
});

test("folders below a place that the user wrote down are trusted, whatever changes", async () => {
  const { folder, folders } = newPlace(evil);
  using _ = folder;
  folder.makeFolder("data/cgi-workbench");
  const below = { schema: 1, folders: {}, below: [folder.path] };
  folder.write("data/cgi-workbench/trusted-folders.json", JSON.stringify(below));
  chmodSync(folder.file("data/cgi-workbench/trusted-folders.json"), 0o600);
  expect((await open(folder, folders)).config.links).toEqual(["/etc"]);
});

test("trust ends: the settings wait again, and the record is gone", async () => {
  const { folder, folders, file } = newPlace({ links: ["/etc"] });
  using _ = folder;
  const workspace = await open(folder, folders);
  await workspace.grantTrust(workspace.trust.fingerprint);
  await workspace.endTrust();
  expect(workspace.trust.state).toBe("new");
  expect(workspace.config.links).toEqual([]);
  expect(JSON.parse(folder.read("data/cgi-workbench/trusted-folders.json")).folders).toEqual({});
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await workspace.endTrust(); // again: nothing to do
});

test("trust that comes from a place above, or from the command of the run, is not ended silently", async () => {
  const { folder, folders, file } = newPlace();
  using _ = folder;
  const run = await open(folder, folders, { run: { host: null } });
  await expect(run.endTrust()).rejects.toMatchObject({ problem: { code: "trust-of-run" } });
  expect(run.isTrusted).toBe(true);
  folder.makeFolder("data/cgi-workbench");
  folder.write(
    "data/cgi-workbench/trusted-folders.json",
    JSON.stringify({ schema: 1, folders: {}, below: [folder.path] }),
  );
  chmodSync(file, 0o600);
  const below = await open(folder, folders);
  await expect(below.endTrust()).rejects.toMatchObject({ problem: { code: "trust-below" } });
  expect(below.isTrusted).toBe(true);
});
