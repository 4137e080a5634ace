// Reads another server's configuration and makes the workbench's of it. Nothing of the original is changed, and no
// program is started.
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { unlessRefused } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import type { AdoptedServer, AdoptReport } from "../contract/adopt-contract.js";
import { htaccessName } from "../contract/config.js";
import { outwardLinks } from "./apache/links.js";
import { ApacheReader } from "./apache/read.js";
import { RouteMaker } from "./apache/routes.js";
import { ApacheSite } from "./apache/site.js";
import { readBusybox } from "./busybox.js";
import { ConfigFiles } from "./config-files.js";
import { foldersWithHtaccess, readHtaccess, withOverrides } from "./htaccess.js";
import { readLighttpd } from "./lighttpd.js";
import { adoptProblem } from "./messages.js";
import { NginxReader } from "./nginx.js";
import { Report } from "./report.js";

export interface AdoptOptions {
  /** The virtual host; null: the first. */
  readonly host: string | null;
  /** Further folders that files may be read from. */
  readonly folders: readonly string[];
}

/** @throws ProblemError */
export async function adopt(path: string, { host, folders }: AdoptOptions): Promise<AdoptReport> {
  const { folder, mains } = await mainFiles(path);
  const permitted = await Promise.all(folders.map((one) => real(one)));
  const files = new ConfigFiles([folder, ...permitted]);
  const report = new Report();
  const [first = ""] = mains;
  const server = mains.length === 0 ? "apache" : await serverOf(new ConfigFiles([folder]), first);
  const apacheRoot = basename(folder) === "conf" ? dirname(folder) : folder;
  const configuration = await {
    apache: () =>
      mains.length === 0
        ? readHtaccess(files, report, folder)
        : new ApacheReader(files, report, apacheRoot).read(mains),
    lighttpd: () => readLighttpd(files, report, mains),
    nginx: () => new NginxReader(files, report).read(mains),
    busybox: () => readBusybox(files, report, first),
  }[server]();
  const directives = await withOverrides(configuration.directives);
  const maker = new RouteMaker(new ApacheSite({ ...configuration, directives }, report, host), report);
  const settings = maker.settings();
  const links = [...(await outwardLinks(maker.followed))];
  const made = links.length === 0 ? settings : { ...settings, links };
  // The rules of .htaccess files join a configuration that is there, and with it its profile.
  const serveLike = server === "nginx" ? "nginx-fcgiwrap" : server;
  const adopted = mains.length === 0 ? made : { ...made, serveLike };
  return { schema: 1, server, files: files.read, lines: [...report.lines], configuration: adopted };
}

const mainNames = ["apache2.conf", "httpd.conf", "conf/httpd.conf", "nginx.conf", "lighttpd.conf"];

/** Recognises a server by what only that one would write; else it is Apache. */
async function serverOf(files: ConfigFiles, path: string): Promise<AdoptedServer> {
  const file = await files.open(path, []);
  const text = "text" in file ? file.text : "";
  if (/^\s*</m.test(text)) return "apache";
  if (/^[ \t]*(?:server|location|http|events|upstream)\b[^;#\n]*\{/m.test(text)) return "nginx";
  if (/^[ \t]*(?:\$(?:HTTP|SERVER)\[|[\w-]+\.[\w.-]+[ \t]*[+:]?=)/m.test(text)) return "lighttpd";
  return /^(?:[ADHIadhi]|E\d+|\*\.\w+|\/\S*):/m.test(text) ? "busybox" : "apache";
}

/** Finds the main file of a folder, else all of its `.conf` files; none: it has `.htaccess` files. */
async function mainFiles(path: string): Promise<{ folder: string; mains: readonly string[] }> {
  const place = await real(path);
  if (basename(place) === htaccessName) return { folder: dirname(place), mains: [] };
  if (!(await stat(place)).isDirectory()) return { folder: dirname(place), mains: [place] };
  for (const name of mainNames) {
    const main = await unlessRefused(realpath(join(place, name)), null);
    if (main !== null) return { folder: place, mains: [main] };
  }
  const names = (await unlessRefused(readdir(place), [])).filter((name) => name.endsWith(".conf")).toSorted();
  if (names.length === 0 && (await foldersWithHtaccess(place)).length > 0) return { folder: place, mains: [] };
  if (names.length === 0) throw new ProblemError(adoptProblem("adopt-nothing-found", { path }));
  return { folder: place, mains: names.map((name) => join(place, name)) };
}

async function real(path: string): Promise<string> {
  const found = await unlessRefused(realpath(path), null);
  if (found === null) throw new ProblemError(adoptProblem("adopt-nothing-found", { path }));
  return found;
}
