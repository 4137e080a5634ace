import { expect, test } from "vitest";
import { isSecretHeader } from "../../../server/protocol/secret-name.js";

test.each([
  ["Authorization", "Bearer {{token}}", false],
  ["Cookie", "{{cookie}}", false],
  ["Cookie", "theme={{dark}}; session=abc", true],
  ["Authorization", "Bearer real{{x}}secret", true],
  ["Accept", "text/html", false],
])("a saved request has a secret in “%s: %s”: %s", (name, value, isSecret) => {
  expect(isSecretHeader(name, value)).toBe(isSecret);
});
