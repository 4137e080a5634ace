// Files whose names are not UTF-8: requests run them. The list of files has no path for them, so the folder has a
// problem that names them.
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

test("the folder has a problem that names such files for as long as they exist", async () => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  const at = (name: string) => Buffer.from(folder.file(name), "latin1");
  const script = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nran'\n";
  writeFileSync(at("cgi-bin/\xfcber.cgi"), script);
  chmodSync(at("cgi-bin/\xfcber.cgi"), 0o755);
  writeFileSync(at("cgi-bin/\xe4ber.cgi"), "");
  folder.write("cgi-bin/\ufffdber.cgi", script); // a name that is UTF-8, and what theirs are read as
  mkdirSync(at("caf\xe9"));
  symlinkSync("nowhere", at("\xdf.lnk"));
  await using workbench = await Workbench.create().then((made) =>
    Object.assign(made, { [Symbol.asyncDispose]: () => made.dispose() }),
  );
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  const { entries, version } = await client.files.list({ since: null });
  expect(entries.map(({ path }) => path)).toEqual(["cgi-bin", "cgi-bin/\ufffdber.cgi"]);
  const names = async () => {
    const { workspace } = await client.state.next({ since: -1, generation: null });
    return workspace?.problems.flatMap(({ code, data }) => (code === "unlisted-names" ? [data] : []));
  };
  const four = ["\\xdf.lnk", "caf\\xe9", "cgi-bin/\\xe4ber.cgi", "cgi-bin/\\xfcber.cgi"];
  expect(await names()).toEqual([{ count: 4, names: four }]);
  const { url } = workbench.server.servingAddress();
  expect(await (await fetch(`${url}/cgi-bin/%FCber.cgi`)).text()).toBe("ran");

  await workbench.folder.workspace().watching;
  let since = version;
  const until = async (what: string, expected: unknown) => {
    await waitFor(what, async () => {
      since = (await client.files.list({ since })).version;
      return JSON.stringify(await names()) === JSON.stringify(expected);
    });
  };
  for (const name of ["1\xff", "2\xff"]) writeFileSync(at(name), "");
  const more = ["1\\xff", "2\\xff", "\\xdf.lnk", "caf\\xe9", "cgi-bin/\\xe4ber.cgi"];
  await until("two more", [{ count: 6, names: more }]);
  renameSync(at("cgi-bin/\xfcber.cgi"), folder.file("cgi-bin/über.cgi"));
  for (const name of ["1\xff", "2\xff", "cgi-bin/\xe4ber.cgi"]) rmSync(at(name));
  await until("two", [{ count: 2, names: four.slice(0, 2) }]);
  rmSync(at("caf\xe9"), { recursive: true });
  rmSync(at("\xdf.lnk"));
  await until("none", []);
});
