// Each kit for a server that Debian packages on a clean root that mmdebstrap makes: what its page installs, by apt
// itself, is all that it needs. Of a sample, one kit. The root and the packages that apt fetched are kept between runs.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { expectServed, servers } from "../support/deploy/corpus.js";
import { isHere, noMachine } from "../support/deploy/machine.js";
import { sampled } from "../support/evidence.js";

const kept = join(tmpdir(), "cgi-workbench-clean-roots");
const root = join(kept, "bookworm");

const missing = isHere("mmdebstrap") ? noMachine() : "mmdebstrap";
describe.skipIf(missing !== null)("on a clean root (needs mmdebstrap, root and Debian's packages)", () => {
  beforeAll(() => {
    if (existsSync(root)) return;
    mkdirSync(kept, { recursive: true });
    rmSync(`${root}.new`, { recursive: true, force: true }); // of a run that was ended
    // What starts units is on each machine that a kit is for.
    const words = ["--variant=minbase", "--include=systemd", "bookworm", `${root}.new`];
    const { status, stderr } = spawnSync("mmdebstrap", words, { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, stderr]);
    renameSync(`${root}.new`, root);
  }, 600_000);

  test.each(sampled(servers, "clean roots", servers.length))(
    "the kit for %s serves what the workbench serves",
    (server) => expectServed(server, root),
    300_000,
  );
});
