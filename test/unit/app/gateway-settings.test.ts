import { expect, test } from "vitest";
import { gatewaySettings } from "../../../server/app/gateway-settings.js";
import { config } from "../../../server/contract/config.js";

const settings = (written: unknown) =>
  gatewaySettings({ config: config.parse(written), inherited: new Map(), isTrusted: true });

test("hosts are compared in lower case, in ASCII, without a port and a final dot, IPv6 in brackets", () => {
  const hosts = ["Shop.Test", "b.test:8080", "c.test.", "d.test.:80", "x_y.test", "Bücher.test", "::1", "[FE80::1]:80"];
  expect([...settings({ server: { hosts } }).hosts]).toEqual([
    ...["shop.test", "b.test", "c.test", "d.test", "x_y.test", "xn--bcher-kva.test", "[::1]", "[fe80::1]"],
  ]);
});

test("origins are in the form in which browsers send them", () => {
  const { allowedOrigins } = settings({
    server: { allowedOrigins: ["HTTP://Shop.Test:80/path", "https://a.test:8443", "null"] },
  });
  expect([...allowedOrigins]).toEqual(["http://shop.test", "https://a.test:8443", "null"]);
});
