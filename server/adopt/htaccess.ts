// Reads the `.htaccess` files of a folder as sections for their folders: the folder is the document root of a server
// that lets them decide everything.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { unlessRefused } from "../base/disk.js";
import { htaccessName } from "../contract/config.js";
import { isSkipped } from "../workspace/files/file-list.js";
import { type ApacheConfiguration, ApacheReader, type Directive, isOverride, type Section } from "./apache/read.js";
import { type ConfigFiles, kindAt } from "./config-files.js";
import { adoptMessage } from "./messages.js";
import type { Report } from "./report.js";

const maxFolders = 5000;
/** So many are searched for what an AllowOverride lets decide. */
const maxOverrideFolders = 100;
/** What Apache refuses there: it belongs to the whole server. */
const ofServer =
  /^(?:(?:script|wsgiscript)?alias(?:match)?|documentroot|server\w+|listen|timeout|proxypass|loadmodule|include\w*|define|wsgi(?:python|daemon)\w*)$/;
const isOfServer = ({ key, scope }: Directive): boolean =>
  ofServer.test(key) || scope.some((section) => /^(?:virtualhost|(?:directory|location)(?:match)?)$/.test(section.key));

/** The folders of a folder that have one, itself first. */
export async function foldersWithHtaccess(root: string, most = maxFolders): Promise<readonly string[]> {
  const folders = [root];
  for (let at = 0; at < folders.length && folders.length < most; at++) {
    const folder = folders[at] ?? root;
    const entries = await unlessRefused(readdir(folder, { withFileTypes: true }), []); // Apache could not read it, either
    const inside = entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
    folders.push(...inside.map(({ name }) => join(folder, name)));
  }
  return folders.slice(0, most).filter((folder) => kindAt(join(folder, htaccessName)) === "file");
}

/** The directives, each AllowOverride with the first file that it lets decide. */
export function withOverrides(directives: readonly Directive[]): Promise<Directive[]> {
  const searched = new Map<string, ReturnType<typeof foldersWithHtaccess>>();
  return Promise.all(
    directives.map(async (one) => {
      const folder = one.scope.findLast(({ key }) => key === "directory")?.words[0];
      const isAsked = isOverride.test(one.key) && !one.words.every((word) => /^none$/i.test(word));
      if (!isAsked || folder === undefined || kindAt(folder) === null) return one;
      const search = searched.get(folder) ?? foldersWithHtaccess(folder, maxOverrideFolders);
      searched.set(folder, search);
      const [first] = await search;
      return first === undefined ? one : { ...one, htaccess: join(first, htaccessName) };
    }),
  );
}

export async function readHtaccess(files: ConfigFiles, report: Report, root: string): Promise<ApacheConfiguration> {
  const directives: Directive[] = [];
  for (const folder of await foldersWithHtaccess(root)) {
    const file = join(folder, htaccessName);
    const base = `${folder.slice(root.length)}/`;
    const section: Section = { file, line: 1, text: htaccessName, key: "directory", words: [folder], base };
    const { directives: own } = await new ApacheReader(files, report, folder).read([file]);
    for (const one of own) {
      if (isOfServer(one)) report.leftOut(one, adoptMessage("not-in-htaccess", { name: one.name }));
      else directives.push({ ...one, scope: [section, ...one.scope] });
    }
  }
  return { directives, serverRoot: root, isWhole: false, documentRoot: root };
}
