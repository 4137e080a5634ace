// Properties of paths over the wire: whatever target is asked for, SCRIPT_NAME and PATH_INFO are the path again, and
// nothing outside of the folder, nothing hidden and no script's source is ever sent.
import { realpathSync, symlinkSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { request, startGateway } from "../../support/gateway.js";
import { scriptedStarter } from "../../support/scripted-starter.js";
import { readResponses } from "../../support/strict-http.js";
import { tempFolder } from "../../support/temp-workspace.js";

const secret = "what nobody may read";
const source = "the script's source";

/** By hand, and on its own: decoded once, then without empty, "." and ".." segments; a final slash stays. */
function normalised(target: string): string {
  const path = (target.split("?")[0] ?? "").replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const segments: string[] = [];
  const all = path.split("/").slice(1);
  for (const segment of all) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const isFolder = ["", ".", ".."].includes(all.at(-1) ?? "") && segments.length > 0;
  return `/${segments.join("/")}${isFolder ? "/" : ""}`;
}

describe.each(["reject", "decode"] as const)("any target, encoded slashes: %s", (encodedSlash) => {
  test("SCRIPT_NAME and PATH_INFO recombine, and no path leaves the folder", async () => {
    using outside = tempFolder();
    outside.write("secret.txt", secret);
    outside.write("x.sh", secret);
    const started: string[] = [];
    const starter = scriptedStarter(({ file, env }) => {
      started.push(file);
      const value = (name: string) => env.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      const seen = [value("SCRIPT_NAME"), value("PATH_INFO"), value("PATH_TRANSLATED")].map((text) =>
        Buffer.from(text ?? "", "latin1").toString("hex"),
      );
      return { pieces: [Buffer.from(`Content-Type: text/plain\nX-Seen: ${seen.join(" ")}\n\n`)] };
    });
    await using gateway = await startGateway({ config: { policy: { encodedSlash } }, wrapStarter: () => starter });
    gateway.script("cgi-bin/x.sh", source);
    gateway.script("a b/index.cgi", source);
    for (const [name, text] of [
      [".env", secret],
      ["cgi-bin/.hidden", secret],
      ["x.sh~", secret],
      ["data.sqlite", secret],
      ["cgi-workbench.json", secret],
      ["page.txt", "fine"],
      ["folder/index.html", "fine"],
    ] as const)
      gateway.file(name, text);
    symlinkSync(outside.path, gateway.folder.file("link"));
    symlinkSync(outside.file("secret.txt"), gateway.folder.file("link.txt"));
    symlinkSync(gateway.folder.file(".env"), gateway.folder.file("env.txt"));

    const word = fc.constantFrom(
      ...[
        "cgi-bin",
        "x.sh",
        "a%20b",
        "index.cgi",
        "folder",
        "page.txt",
        "link",
        "link.txt",
        "secret.txt",
        "env.txt",
        ".env",
        "%2eenv",
        ".hidden",
        "x.sh~",
      ],
      ...[
        "data.sqlite",
        "cgi-workbench.json",
        "etc",
        "passwd",
        basename(outside.path),
        "..",
        ".",
        "%2e%2e",
        "%2E.",
        "..%2f",
        "%2f",
        "..%5c",
        "\\",
        "%00",
        "%C3%BC",
        "%252e",
      ],
    );
    const separator = fc.constantFrom("/", "/", "/", "//", "/./", "/../", "%2f", "");
    const begin = fc.constantFrom(
      "",
      "/cgi-bin/x.sh",
      "/cgi-bin//x.sh",
      "/%63gi-bin/./x.sh",
      "/a%20b",
      "/folder",
      "/page.txt",
      "/link",
      "/folder/..",
    );
    const target = fc
      .tuple(begin, fc.array(fc.tuple(separator, word), { maxLength: 6 }))
      .map(([first, parts]) => `${first}${parts.flat().join("")}`.replace(/^(?!\/)/, "/"))
      .chain((path) => fc.constantFrom(path, `${path}/`, `${path}?q=../x`));

    let asked = 0;
    const kinds = { script: 0, static: 0, none: 0 };
    await fc.assert(
      fc.asyncProperty(target, async (wanted) => {
        started.length = 0;
        const [response] = readResponses(await gateway.ask(request("GET", wanted, ["Connection: close"])), ["GET"]);
        const trace = (await gateway.ended(++asked)).at(-1);
        for (const text of [secret, source]) expect(response?.body).not.toContain(text);
        for (const file of started) expect(realpathSync(file).startsWith(`${gateway.folder.path}/`)).toBe(true);
        const { route } = trace ?? { route: null };
        kinds[route?.kind ?? "none"]++;
        if (route?.kind === "none") return;
        const path = normalised(wanted);
        const [whole, index] = [`${route?.scriptName}${route?.pathInfo}`, route?.scriptName.replace(/[^/]+$/, "")];
        expect(whole === path || index === path, `${wanted} became ${route?.scriptName} and ${route?.pathInfo}`).toBe(
          true,
        );
        expect(route?.pathInfo === "" || route?.pathInfo.startsWith("/")).toBe(true);
        if (route?.kind !== "script") return;
        const [name = "", info = "", translated = ""] = (
          response?.headers.find(([header]) => header === "X-Seen")?.[1] ?? ""
        )
          .split(" ")
          .map((hex) => Buffer.from(hex, "hex").toString("latin1"));
        expect([name, info, translated]).toEqual([
          route.scriptName,
          route.pathInfo,
          route.pathInfo === "" ? "" : gateway.folder.path + route.pathInfo,
        ]);
        expect(info).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|\0/);
      }),
      { numRuns: 400 },
    );
    expect(gateway.faults).toEqual([]);
    // The property looked at something.
    expect(Math.min(...Object.values(kinds)), JSON.stringify(kinds)).toBeGreaterThan(0);
  });
});
