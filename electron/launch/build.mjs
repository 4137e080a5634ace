// Builds window, Node entries and preload into dist/. `node electron/launch/build.mjs` always builds; ensureBuilt only
// when a source changed since, by content.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAgents } from "./join-agents.mjs";
import { ensureSupported, isRunDirectly, LaunchError, root, say, tellAndExit } from "./launch.mjs";
import { writeNotices } from "./notices.mjs";

/** In this order: the preload joins the Node entries in their folder. */
const viteConfigs = ["renderer/vite.config.ts", "server/vite.config.ts", "electron/vite.preload.config.ts"];
/** With the documents: the window shows them. */
const sourceFolders = ["docs", "electron", "renderer", "server"];
const sourceFiles = ["package.json", "package-lock.json", "tsconfig.json"];
/** Of editors and Finder, for a while or private: some are links to nothing. Other hidden files are part of samples. */
const isEditorsFile = (name) => /^\.#|^#.*#$|\.sw[a-p]$|~$|^\.DS_Store$/.test(name);
const stamp = join(root, "dist/.sources");

export function isBuilt() {
  try {
    return readFileSync(stamp, "utf8") === sourcesHash();
  } catch {
    return false; // never built, or interrupted
  }
}

/** Called before anything is written into dist/: what is there is no longer the build of these sources. */
export const forgetBuild = () => rmSync(stamp, { force: true });

/** Builds in a process of its own, whose memory is then given back. @throws LaunchError with the build's words */
export function ensureBuilt() {
  if (isBuilt()) return;
  say("Building …");
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new LaunchError(`The build failed:\n${stdout}${stderr}`.trim());
}

async function build() {
  ensureSupported();
  const startedAt = performance.now();
  const sources = sourcesHash();
  forgetBuild();
  process.env.NODE_ENV = "production"; // whatever the caller's is: React's development build is larger and slower
  const vite = await import("vite");
  const built = [];
  for (const config of viteConfigs) built.push(await vite.build({ configFile: join(root, config), logLevel: "warn" }));
  writeAgents();
  writeNotices(built.flatMap(({ output }) => output).flatMap(({ moduleIds = [] }) => moduleIds));
  writeFileSync(stamp, sources); // last: an interrupted build is built again
  say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

export function sourcesHash() {
  const all = createHash("sha256");
  for (const path of [...sourceFiles, ...sourceFolders.flatMap(filesIn)])
    all
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return all.digest("hex");
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((item) => {
      const path = `${folder}/${item.name}`;
      if (item.isDirectory()) return filesIn(path);
      return item.isFile() && !isEditorsFile(item.name) ? [path] : [];
    })
    .sort();
}

if (isRunDirectly(import.meta.url)) await build().catch(tellAndExit);
