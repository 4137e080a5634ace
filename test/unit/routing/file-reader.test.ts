// What is read of a file: the whole of what runs, and only the beginning of everything else.
import { expect, test } from "vitest";
import { config as schema } from "../../../server/contract/config.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { FileReader } from "../../../server/routing/file-reader.js";
import { handlersOf } from "../../../server/routing/handlers.js";
import { resolvePath } from "../../../server/routing/resolve-path.js";
import { site } from "./site.js";

test("a file that is sent, or passed on to a script, has no hash and no version", () => {
  using folder = site({ "page.html": "<p>", "page.tpl": "text", "engine.cgi": { run: "#!/bin/sh\n" }, "x.py": "" });
  const { root } = folder;
  const config = schema.parse({ handlers: { ".tpl": { action: "/engine.cgi" } } });
  const kept: string[] = [];
  const versions = { keep: (hash: string) => void kept.push(hash) };
  const mount = { prefix: byteString(""), folder: utf8(root) };
  const reader = new FileReader({ root, config, folder: mount.folder, handlers: handlersOf(config, root), versions });
  const hashOf = (name: string): string | null => {
    const found = resolvePath(mount, utf8(`/${name}`), byteString(""), []);
    if (found.kind === "none") throw new Error(`${name} is not found`);
    return reader.read({ ...found, base: mount.folder }, null, true).hash;
  };
  expect([hashOf("page.html"), hashOf("page.tpl")]).toEqual([null, null]);
  const hashes = [hashOf("engine.cgi"), hashOf("x.py")];
  expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(kept).toEqual(hashes);
});
