// Other servers' configurations: which there are on this machine, what one means here, and a folder for it.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { adopt } from "../adopt/adopt.js";
import { exists, unlessRefused } from "../base/disk.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";
import { configFileName } from "../contract/config.js";
import { absoluteFolder } from "../workspace/files/folders.js";
import { os } from "./implementer.js";

interface Source {
  readonly path: string;
  readonly host: string;
}

const servers = ["/etc/apache2", "/etc/httpd", "/etc/lighttpd", "/etc/nginx"];
const programs = ["/etc/apache2/conf-available", "/etc/httpd/conf.d"];

const adopted = ({ path, host }: Source) =>
  adopt(absoluteFolder(path), { host: host === "" ? null : host, folders: [] });

export const adoptDomain = () => ({
  found: os.adopt.found.handler(async () => {
    const lists = await Promise.all(
      [...servers, ...programs].map(async (folder) => {
        const names = await namesIn(folder);
        if (servers.includes(folder)) return names.length === 0 ? [] : [folder];
        return names.filter((name) => name.endsWith(".conf")).map((name) => join(folder, name));
      }),
    );
    return lists.flat();
  }),
  read: os.adopt.read.handler(({ input }) => adopted(input)),
  keep: os.adopt.keep.handler(async ({ input }) => {
    const { configuration } = await adopted(input);
    const text = `${JSON.stringify(configuration, null, 2)}\n`;
    // Another configuration gets another folder, so what the user changed in one is never replaced.
    const mark = createHash("sha256").update(`${input.path}\0${text}`).digest("hex").slice(0, 8);
    const name = `${basename(input.path).replace(/[^\w.-]/g, "_")}-${mark}`;
    const folder = join(userDataPath(), "adopted", name);
    const file = join(folder, configFileName);
    if (!(await exists(file))) await replacePrivateFile(file, text);
    return { folder };
  }),
});

/** Most machines have only one of these servers. */
const namesIn = async (folder: string): Promise<string[]> => (await unlessRefused(readdir(folder), [])).toSorted();
