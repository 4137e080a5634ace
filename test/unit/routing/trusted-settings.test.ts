import fc from "fast-check";
import { expect, test } from "vitest";
import { type Config, config, defaultConfig } from "../../../server/contract/config.js";
import { fingerprintOf, trustedSettings, trustOf, withoutTrusted } from "../../../server/routing/trusted-settings.js";

const everything = config.parse({
  server: {
    ...{ host: "0.0.0.0", hosts: ["shop.test"], allowedOrigins: ["http://a.test"] },
    ...{ otherUsers: true, serviceWorkers: true, port: 8090 },
  },
  routes: [
    { path: "/f", file: "./x" },
    { path: "/d", dir: "/etc" },
    { path: "/a", address: "unix:app.sock" },
    { path: "/private", auth: { realm: "r", htpasswd: ".htpasswd" }, variables: { A: "1" } },
  ],
  handlers: {
    ".py": { interpreter: ["./bin/python3"], start: "always", workers: 3 },
    ".php": { address: "tcp:127.0.0.1:9000", connections: 2 },
    ".rb": null,
  },
  scripts: { "x.fcgi": { start: "always", mode: "fastcgi" } },
  links: ["/srv"],
  variables: { B: "2" },
});

test("the settings that need trust are those that start, lead elsewhere or let others in", () => {
  expect(trustedSettings(everything).map(({ setting, value }) => `${setting}: ${value}`)).toEqual([
    "server.host: 0.0.0.0",
    'server.hosts: ["shop.test"]',
    'server.allowedOrigins: ["http://a.test"]',
    "server.serviceWorkers: true",
    "server.otherUsers: true",
    "routes /f file: ./x",
    "routes /d dir: /etc",
    "routes /a address: unix:app.sock",
    'handlers .py interpreter: ["./bin/python3"]',
    "handlers .py start: always",
    "handlers .php address: tcp:127.0.0.1:9000",
    "scripts x.fcgi start: always",
    'links: ["/srv"]',
  ]);
  expect(trustedSettings(defaultConfig)).toEqual([]);
});

test("without them nothing is left that needs trust, and everything else stays", () => {
  const without = withoutTrusted(everything);
  expect(trustedSettings(without)).toEqual([]);
  expect(without.server.port).toBe(8090);
  expect(without.routes.map(({ path }) => path)).toEqual(["/private"]);
  expect(without.handlers).toEqual({ ".py": { workers: 3 }, ".php": {}, ".rb": null });
  expect(without.scripts).toEqual({ "x.fcgi": { mode: "fastcgi" } });
  expect(without.variables).toEqual({ B: "2" });
  expect(withoutTrusted(defaultConfig)).toEqual(defaultConfig);
});

/** Any mixture of settings that need trust and settings that do not. */
const anyConfig: fc.Arbitrary<Config> = fc
  .record({
    host: fc.constantFrom("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "10.0.0.1"),
    hosts: fc.array(fc.constantFrom("a.test", "b.test"), { maxLength: 2 }),
    interpreter: fc.option(fc.array(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 2 })),
    start: fc.constantFrom("demand", "always", undefined),
    links: fc.array(fc.constantFrom("/a", "/b"), { maxLength: 2 }),
    silenceMs: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ host, hosts, interpreter, start, links, silenceMs }) => ({
    ...defaultConfig,
    server: { ...defaultConfig.server, host, hosts },
    handlers: { ".x": { ...(interpreter && { interpreter }), ...(start && { start }) } },
    links,
    limits: { ...defaultConfig.limits, silenceMs },
  }));

test("a folder is trusted for exactly the settings that were trusted, or for none at all", () => {
  fc.assert(
    fc.property(anyConfig, anyConfig, (before, after) => {
      const [old, now] = [trustedSettings(before), trustedSettings(after)];
      const isSame = JSON.stringify(old) === JSON.stringify(now);
      expect(trustOf(now, null)).toBe("new");
      expect(trustOf(now, fingerprintOf(old))).toBe(isSame || now.length === 0 ? "trusted" : "changed");
      expect(trustedSettings(withoutTrusted(after))).toEqual([]);
    }),
  );
});
