// HTTP Basic authentication by route (RFC 7617), and the meta-variables that a script gets of it
// (RFC 3875 §3.1, §4.1.1, §4.1.11, §9.2).
import { createHash } from "node:crypto";
import { symlinkSync } from "node:fs";
import { hash } from "bcryptjs";
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { variableOf } from "../../support/seen.js";
import { waitFor } from "../../support/wait-for.js";

const sha = "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="; // "password"
const bcrypt = "bob:$2y$04$iQ2Lr2aX0grsSBnLHXkTs.cC/AEhIQa6sMKAreDusQbjkWWJ9S8oK"; // "grüße 7"
const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const route = { path: "/private/", auth: { realm: 'The "Staff"', htpasswd: ".htpasswd" } };
const basic = (text: string): string => `Authorization: Basic ${Buffer.from(text).toString("base64")}`;

function protect(gateway: TestGateway): void {
  gateway.file(".htpasswd", `${sha}\n${bcrypt}\nold:rqXexS6ZhobKA\n`);
  gateway.script(
    "private/x.sh",
    `touch "$DOCUMENT_ROOT/ran"; ${echo}echo "<$AUTH_TYPE|$REMOTE_USER|\${HTTP_AUTHORIZATION-hidden}>"`,
  );
  gateway.file("private/page.txt", "for staff");
  gateway.script("open.sh", `${echo}echo "<\${AUTH_TYPE-none}|\${REMOTE_USER-none}>"`);
}

describe("a protected route", () => {
  test("C39: without credentials nothing runs, and the response does not reveal what exists", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    for (const target of [
      "/private/x.sh",
      "/private/page.txt",
      "/private/nothing",
      "/private",
      "/open/../private/x.sh",
      "/%70rivate/x.sh",
      "//private/x.sh",
    ]) {
      const response = await gateway.get(target);
      expect(response).toMatch(
        /^HTTP\/1\.1 401 Unauthorized\r\n.*WWW-Authenticate: Basic realm="The \\"Staff\\"", charset="UTF-8"\r\n/s,
      );
      expect(response).not.toContain("for staff");
    }
    const traces = await gateway.ended(7);
    for (const trace of traces)
      expect(trace).toMatchObject({
        outcome: "ok",
        cause: coded("sign-in-needed"),
        route: { kind: "none", file: null },
        process: null,
      });
    expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
  });

  test("C01, C11: with them AUTH_TYPE and REMOTE_USER are set, and the password stays with the server", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    expect(await gateway.get("/private/x.sh", basic("ann:password"))).toContain("<Basic|ann|hidden>");
    expect(await gateway.get("/private/x.sh", basic("bob:grüße 7"))).toContain("<Basic|bob|hidden>");
    expect(await gateway.get("/private/page.txt", basic("ann:password"))).toContain("for staff");
    const [ann] = await gateway.ended(3);
    expect([
      variableOf(ann, "AUTH_TYPE"),
      variableOf(ann, "REMOTE_USER"),
      variableOf(ann, "HTTP_AUTHORIZATION"),
    ]).toEqual([
      { name: "AUTH_TYPE", value: "Basic", source: "server" },
      { name: "REMOTE_USER", value: "ann", source: "server" },
      undefined,
    ]);
    expect(ann?.notExported).toContainEqual(["Authorization", coded("credentials")]);
  });

  test("C20: Authorization reaches the script where the route asks for it", async () => {
    await using gateway = await startGateway({ config: { routes: [{ ...route, passAuthorization: true }] } });
    protect(gateway);
    expect(await gateway.get("/private/x.sh", basic("ann:password"))).toContain("<Basic|ann|Basic YW5uOnBhc3N3b3Jk>");
    expect(await gateway.get("/open.sh", basic("ann:password"))).toContain("<none|none>");
  });

  test.each([
    ["a wrong password", basic("ann:Password")],
    ["an unknown user", basic("eve:password")],
    ["no colon", basic("ann")],
    ["another scheme", "Authorization: Bearer YW5uOnBhc3N3b3Jk"],
    ["no base64", "Authorization: Basic ann:password"],
    ["nothing", "Authorization:"],
    ["a control byte", basic("ann:pass\nword")],
    ["two fields", `${basic("ann:password")}\r\n${basic("ann:password")}`],
  ])("%s is 401, and the connection goes on", async (_name, header) => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    const response = await gateway.ask(
      request("POST", "/private/x.sh", [header, "Content-Length: 3"], "abc") +
        request("GET", "/open.sh", ["Connection: close"]),
    );
    expect(response).toMatch(/^HTTP\/1\.1 401 .*<none\|none>/s);
    expect((await gateway.ended(2))[0]).toMatchObject({ outcome: "ok", response: { status: 401 }, process: null });
  });

  test("a link leads past no guard, neither to a folder nor to a file nor as an index (B12)", async () => {
    await using gateway = await startGateway({
      config: { routes: [route, { path: "/mounted/", dir: "public" }] },
    });
    protect(gateway);
    gateway.folder.makeFolder("public");
    gateway.folder.makeFolder("index");
    symlinkSync("private", gateway.folder.file("to-folder"));
    symlinkSync("private/page.txt", gateway.folder.file("to-file.txt"));
    symlinkSync("../private/page.txt", gateway.folder.file("index/index.html"));
    symlinkSync("open.sh", gateway.folder.file("to-open.sh"));
    for (const target of [
      "/to-folder/page.txt",
      "/to-folder/x.sh",
      "/to-folder/x.sh/more",
      "/to-file.txt",
      "/index/",
    ]) {
      expect([target, headOf(await gateway.get(target))]).toEqual([target, expect.stringMatching(/^HTTP\/1\.1 401 /)]);
      expect([target, headOf(await gateway.get(target, basic("ann:password")))]).toEqual([
        target,
        expect.stringMatching(/^HTTP\/1\.1 200 /),
      ]);
    }
    expect(await gateway.get("/to-open.sh")).toContain("<none|none>");
  });

  test("a link within a guarded folder asks for the password of what it leads to", async () => {
    const admins = { path: "/private/admin/", auth: { realm: "Admins", htpasswd: ".admins" } };
    await using gateway = await startGateway({ config: { routes: [{ ...route, list: true }, admins] } });
    protect(gateway);
    gateway.file(".admins", `${bcrypt}\n`);
    gateway.file("private/admin/secret.txt", "for admins");
    symlinkSync("admin/secret.txt", gateway.folder.file("private/report.txt"));
    expect(await gateway.get("/private/report.txt", basic("ann:password"))).toMatch(/^HTTP\/1\.1 401 .*"Admins"/s);
    expect(await gateway.get("/private/report.txt", basic("bob:grüße 7"))).toContain("for admins");
    const list = await gateway.get("/private/", basic("ann:password"));
    expect(list).toContain("page.txt");
    expect(list).not.toMatch(/report|admin/);
  });

  test("a link to a guarded folder tells without a password neither what is in it nor what is not", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    gateway.folder.makeFolder("private/sub");
    symlinkSync("private", gateway.folder.file("to-folder"));
    for (const target of ["/to-folder", "/to-folder/sub", "/to-folder/nothing", "/to-folder/page.txt"])
      expect([target, headOf(await gateway.get(target))]).toEqual([target, expect.stringMatching(/^HTTP\/1\.1 401 /)]);
  });

  test("an index is guarded as at its own path", async () => {
    const guarded = { ...route, path: "/admin/index.sh" };
    await using gateway = await startGateway({ config: { server: { index: ["index.sh"] }, routes: [guarded] } });
    protect(gateway);
    gateway.script("admin/index.sh", `touch "$DOCUMENT_ROOT/ran"; ${echo}echo "<$AUTH_TYPE|$REMOTE_USER>"`);
    for (const target of ["/admin/", "/admin/index.sh", "/admin/index.sh/info"])
      expect([target, headOf(await gateway.get(target))]).toEqual([target, expect.stringMatching(/^HTTP\/1\.1 401 /)]);
    expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
    expect(await gateway.get("/admin/", basic("ann:password"))).toContain("<Basic|ann>");
  });

  test("a local redirect into it asks as well", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    gateway.script("a.sh", 'printf "Location: /private/x.sh\\n\\n"');
    expect(await gateway.get("/a.sh")).toMatch(/^HTTP\/1\.1 401 /);
    expect(await gateway.get("/a.sh", basic("ann:password"))).toContain("<Basic|ann|hidden>");
  });

  test.each([
    ["CGI", {}],
    ["an external application", { address: "unix:none.sock" }],
  ])(
    "a client that leaves while the password for a local redirect is checked starts nothing (%s)",
    async (_mode, target) => {
      await using gateway = await startGateway({ config: { routes: [{ ...route, ...target }] } });
      protect(gateway);
      gateway.file(".htpasswd", `ann:${await hash("slow", 13)}\n`); // takes half a second to check
      gateway.script("a.sh", 'printf "Location: /private/x.sh\\n\\n"');
      const client = await gateway.connect();
      client.send(request("GET", "/a.sh", [basic("ann:slow")]));
      const { rows } = await gateway.traces.rows.next(0, 1, AbortSignal.timeout(20_000));
      await waitFor("the script has answered", () => gateway.traces.get(rows[0]?.id ?? "")?.timing.headersAt != null);
      client.socket.resetAndDestroy();
      // The check begins a moment later: on a busy machine the client leaves before, and there is no second trace.
      const [first, redirected = null] = await gateway.ended(1);
      expect(first?.outcome).toBe("client-gone");
      if (redirected !== null) expect(redirected).toMatchObject({ outcome: "client-gone", process: null });
      expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
    },
  );

  test("a password in a form that is not checked is refused with clear words, and so is a file that is not there", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    expect(await gateway.get("/private/x.sh", basic("old:secret"))).toMatch(/^HTTP\/1\.1 500 /);
    gateway.folder.remove(".htpasswd");
    expect(headOf(await gateway.get("/private/x.sh", basic("ann:password")))).toMatch(/^HTTP\/1\.1 500 /);
    expect((await gateway.ended(2)).map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ["upstream-error", coded("password-hash-unusable", { route: "/private/" })],
      ["upstream-error", coded("password-file-unusable", { file: ".htpasswd", problem: "missing" })],
    ]);
  });

  test("a password that was changed applies at once", async () => {
    await using gateway = await startGateway({ config: { routes: [route] } });
    protect(gateway);
    const ask = async (password: string) => (await gateway.get("/private/x.sh", basic(`ann:${password}`))).slice(9, 12);
    await waitFor("the file is remembered", async () => (await ask("password")) === "200");
    gateway.file(".htpasswd", `ann:{SHA}${createHash("sha1").update("other").digest("base64")}`);
    expect([await ask("password"), await ask("other"), await ask("other")]).toEqual(["401", "200", "200"]);
  });

  test("the file of passwords is not served, whatever its name", async () => {
    await using gateway = await startGateway({
      config: { routes: [{ ...route, auth: { ...route.auth, htpasswd: "users.txt" } }] },
    });
    gateway.file("users.txt", sha);
    expect(await gateway.get("/users.txt")).toMatch(/^HTTP\/1\.1 403 /);
    expect(await gateway.get("/.htpasswd")).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test("C01, C11: credentials on an unprotected path mean nothing", async () => {
  await using gateway = await startGateway();
  protect(gateway);
  expect(await gateway.get("/open.sh", basic("ann:password"))).toContain("<none|none>");
  const trace = await gateway.trace();
  expect([variableOf(trace, "AUTH_TYPE"), variableOf(trace, "REMOTE_USER")]).toEqual([undefined, undefined]);
});
