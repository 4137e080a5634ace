// The About dialog: what it tells in each shell.
import { expect, test } from "vitest";
import { versionFacts } from "../../../../../renderer/features/help/version-facts.js";
import { manifest } from "../../../../support/repository.js";

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const browserOf = (userAgent: string): string | undefined =>
  versionFacts({ version: "1.2.3", nodeVersion: "24.1.0" }, null, userAgent).find(({ name }) => name === "Browser")
    ?.value;

test("a browser is named with its version, an unknown one as it names itself", () => {
  expect(browserOf(chrome)).toBe("Chrome 156");
  expect(browserOf(`${chrome} Edg/156.0.3.1`)).toBe("Edge 156");
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe("Firefox 140");
  expect(browserOf("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML) Version/19.1 Safari/605.1.15")).toBe(
    "Safari 19",
  );
  expect(browserOf("curl/8")).toBe("curl/8");
});

test("the desktop app names what it is built on; the licence is the package's", () => {
  const bridge = { platform: "linux", versions: { electron: "45.3.4", chromium: "148.0.1", node: "24.1.0" } };
  const facts = new Map(versionFacts(null, bridge, chrome).map(({ name, value }) => [name, value]));
  expect([...facts.keys()]).toEqual(["Version", "Licence", "Electron", "Chromium", "Node.js", "System"]);
  expect(facts.get("Licence")).toBe(manifest.license);
  expect(facts.get("Version")).toMatch(/unknown/);
  expect(facts.get("Electron")).toBe("45.3.4");
});
