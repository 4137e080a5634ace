// The one-time code in a page's address.
import { afterEach, expect, test } from "vitest";
import { windowSecret } from "../../../../renderer/rpc/window-secret.js";
import { codeParameter } from "../../../../server/contract/window-proof.js";

afterEach(() => sessionStorage.clear());

test("it leaves the address as soon as it is read, and a reload still finds it", () => {
  history.replaceState(null, "", `/?a=b#${codeParameter}=id.secret`);
  const given = windowSecret();
  expect(given).toMatchObject({ name: "id", secret: "secret" });
  expect(location.href).toBe(`${location.origin}/?a=b`);
  expect(windowSecret()).toEqual(given);
});
