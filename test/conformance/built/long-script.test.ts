// A script of 4,000 lines is searched for dangers beside requests: one that comes meanwhile does not wait.
import { expect, test } from "vitest";
import { servedFolders, servedWindow } from "../../support/served-window.js";

const lines = Array.from({ length: 4000 }, (_, n) => `sub part_${n} { my ($a, $b) = @_; return "$a-$b-${n}"; }`);
const long = ["#!/usr/bin/perl", ...lines, "system(\"finger $ENV{'QUERY_STRING'}\");", ""].join("\n");

test("the request is answered before the script is, and the danger is found", async () => {
  const { folder, data } = servedFolders({ "quick.sh": "printf 'Content-Type: text/plain\\n\\nhere'" });
  using _ = folder;
  using __ = data;
  folder.write("cgi-bin/long.pl", long);
  folder.makeExecutable("cgi-bin/long.pl");
  await using window = await servedWindow(folder, data);
  const order: string[] = [];
  const checked = window.client.doctor.check({ path: "cgi-bin/long.pl", unsaved: null }).then((found) => {
    order.push("checked");
    return found;
  });
  await window.client.doctor.htaccess(); // the check has begun
  await fetch(`http://127.0.0.1:${window.server.port}/cgi-bin/quick.sh`);
  order.push("answered");
  const { markers } = await checked;
  expect(order).toEqual(["answered", "checked"]);
  expect(markers).toMatchObject([{ rule: "input-in-command", line: lines.length + 2 }]);
});
