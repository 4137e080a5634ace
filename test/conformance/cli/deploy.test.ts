// `cgi-workbench deploy`: each kit is installed by the words of its page and serves what the workbench serves.
import { describe, test } from "vitest";
import { expectServed, servers } from "../../support/deploy/corpus.js";
import { isHere, noMachine } from "../../support/deploy/machine.js";

describe.each(servers)("the kit for %s", (server, program) => {
  const missing = isHere(program, "python3", "perl", "ruby", "php-cgi", "fcgiwrap") ? noMachine() : server;
  test.skipIf(missing !== null)(
    "serves what the workbench serves (needs the server and root)",
    () => expectServed(server),
    120_000,
  );
});
