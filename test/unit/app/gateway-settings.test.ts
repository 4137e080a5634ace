import { expect, test } from "vitest";
import { gatewaySettings } from "../../../server/app/gateway-settings.js";
import { config } from "../../../server/contract/config.js";

const settings = (written: unknown) =>
  gatewaySettings({ config: config.parse(written), inherited: new Map(), isTrusted: true });

test("hosts are compared in lower case, without a port, IPv6 in brackets", () => {
  const { hosts } = settings({ server: { hosts: ["Shop.Test", "b.test:8080", "::1", "[FE80::1]:80"] } });
  expect([...hosts]).toEqual(["shop.test", "b.test", "[::1]", "[fe80::1]"]);
});

test("origins are in the form in which browsers send them", () => {
  const { allowedOrigins } = settings({
    server: { allowedOrigins: ["HTTP://Shop.Test:80/path", "https://a.test:8443", "no url"] },
  });
  expect([...allowedOrigins]).toEqual(["http://shop.test", "https://a.test:8443", "no url"]);
});
