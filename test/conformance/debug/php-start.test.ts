// How PHP is asked for Xdebug: programs, variables and paths keep their bytes.
import { expect, test } from "vitest";
import { xdebugSwitches } from "../../../server/features/debug/debuggers/php-start.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("names outside ASCII arrive", async () => {
  using folder = tempFolder();
  folder.makeFolder("jürgen");
  folder.write("jürgen/php", '#!/bin/sh\ncat >/dev/null\necho "has modes $HOME,$1"\n');
  folder.makeExecutable("jürgen/php");
  const command = [utf8(folder.file("jürgen/php")), utf8("-dä")];
  const switches = await xdebugSwitches(command, [
    byteString(`PATH=${process.env["PATH"]}`),
    utf8("HOME=/home/jürgen"),
  ]);
  const all = switches?.("/run/户/socket");
  expect(all).toContain(utf8("xdebug.mode=/home/jürgen,-dä,debug"));
  expect(all).toContain(utf8('xdebug.client_host="unix:///run/户/socket"'));
});
