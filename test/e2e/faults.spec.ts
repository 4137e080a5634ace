// Scripts that misbehave, 200 of a kind at once among healthy requests, against the server inside the app: the
// healthy ones are all right, and afterwards the server has the children and descriptors it had before. All
// kinds are in test/verify/faults.test.ts.
import { descendants, openChannels, waitUntilGone } from "../support/processes.js";
import { exchangeUntilCut } from "../support/raw-exchange.js";
import { waitFor } from "../support/wait-for.js";
import { expect, test } from "./shell.js";

const hostile = 200;
const healthy = 40;
/** The fraction tells them from the processes of other runs. */
const forever = `sleep 1000.${process.pid}`;
const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const kinds = {
  "closes-stdin": `exec 0<&-; ${echo}echo done`,
  "floods-stderr": `head -c 300000 /dev/zero >&2; ${echo}echo done`,
  "holds-stdout": `${echo}${forever} & exit 0`,
  "is-silent": `exec ${forever}`,
  "forks-away": `${echo}setsid sleep 3 & exit 0`,
} as const;

test("the server inside the app bears them", async ({ window, app, folder }) => {
  test.setTimeout(180_000);
  folder.makeFolder("site");
  const script = (name: string, text: string): void => {
    folder.write(`site/${name}.sh`, `#!/bin/sh\n${text}\n`);
    folder.makeExecutable(`site/${name}.sh`);
  };
  for (const [name, text] of Object.entries(kinds)) script(name, text);
  script("ok", `${echo}printf "<$QUERY_STRING>"`);
  folder.write("site/cgi-workbench.json", JSON.stringify({ limits: { silenceMs: 10_000, concurrency: 400 } }));
  await window.openFolder(folder.file("site"));
  const port = Number(new URL(await window.serverAddress()).port);
  const pid = app.serverPid();
  await exchange(port, "/ok.sh?first");
  await expect(window.row(1)).toHaveAttribute("data-outcome", "ok");
  await window.send("/floods-stderr.sh"); // and once through the doctor, whose thread stays
  await expect((await window.tab("Doctor")).getByRole("article").first()).toBeVisible();
  const before = { channels: openChannels(pid), children: descendants(pid).length };
  for (const name of Object.keys(kinds)) {
    const others = Array.from({ length: hostile }, () => exchange(port, `/${name}.sh`, 100_000));
    const good = Array.from({ length: healthy }, (_, n) => exchange(port, `/ok.sh?${n}`));
    for (const [n, answer] of (await Promise.all(good)).entries()) {
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(answer).toContain(`<${n}>`);
    }
    await Promise.all(others);
    await waitFor(
      `${name}: as many children as before`,
      () => descendants(pid).length <= before.children + (name === "holds-stdout" ? hostile : 0),
      30_000,
    );
  }
  await waitFor("as many sockets and pipes as before", () => openChannels(pid) <= before.channels, 30_000);
  await expect(window.server).toBeVisible();
  await app.close();
  await waitUntilGone(forever, 30_000); // what held stdout ends with the server at the latest
});

/** One request on a connection of its own, to its end; with a body when asked for one. */
function exchange(port: number, target: string, bodyBytes = 0): Promise<string> {
  const method = bodyBytes > 0 ? `POST ${target} HTTP/1.1\r\nContent-Length: ${bodyBytes}` : `GET ${target} HTTP/1.1`;
  return exchangeUntilCut(port, `${method}\r\nHost: localhost\r\nConnection: close\r\n\r\n${"x".repeat(bodyBytes)}`);
}
