// Hashes made by Apache's htpasswd, and what is refused.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { parsePasswordFile } from "../../../server/http/access/password-file.js";
import { checkPassword, unsupportedHash } from "../../../server/http/access/password-hash.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { program } from "../../support/temp-workspace.js";

const b = byteString;
// htpasswd -nbB -C 4, -nbm, -nbs, with the password "grüße 7" in UTF-8
const made = [
  "$2y$04$iQ2Lr2aX0grsSBnLHXkTs.cC/AEhIQa6sMKAreDusQbjkWWJ9S8oK",
  "$apr1$/QxhlFEB$TaTKCbZtqs9TJ7pCBIqdB1",
  "{SHA}/4Ere8W5LCsSYHABZdswa78+EU8=",
].map(b);

describe("passwords", () => {
  test.each(made)("%s", async (hash) => {
    expect(unsupportedHash(hash)).toBeNull();
    expect(await checkPassword(utf8("grüße 7"), hash)).toBe(true);
    for (const wrong of [b(""), utf8("grüße"), utf8("grüße 7 "), b("gr\xfc\xdfe 7")])
      expect(await checkPassword(wrong, hash)).toBe(false);
  });

  test.skipIf(!program("htpasswd")).each(["-B", "-m", "-s"])(
    "what htpasswd %s makes just now (needs htpasswd)",
    async (form) => {
      const [line = ""] = execFileSync("htpasswd", ["-nb", form, "ann", "pa:ss wörd"], { encoding: "latin1" }).split(
        "\n",
      );
      const hash = parsePasswordFile(Buffer.from(line)).get(b("ann"));
      expect(hash !== undefined && unsupportedHash(hash)).toBeNull();
      expect(hash !== undefined && (await checkPassword(utf8("pa:ss wörd"), hash))).toBe(true);
    },
  );

  test.each([
    ["rqXexS6ZhobKA", "crypt"],
    ["secret", "plain text"],
    ["", "plain text"],
    ["$1$abcdefgh$0123456789012345678901", "system's own"],
    ["$6$salt$hash", "system's own"],
    ["{SSHA}abcdefghijklmnopqrstuvwxyz0=", "LDAP"],
    ["$2y$05$short", "damaged"],
    ["$2y$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyzabcde", "cost 31"],
  ])("%j is refused: %s", (hash, words) => {
    expect(unsupportedHash(b(hash))).toContain(words);
  });
});

test("a password file: users once, comments and empty lines skipped, any line end, bytes as they are", () => {
  const file = "# staff\n\nann:one\r\nann:two\nb\xfc:three:more\n:nobody\nwithout\n";
  expect([...parsePasswordFile(Buffer.from(file, "latin1"))]).toEqual([
    ["ann", "one"],
    ["b\xfc", "three"],
    ["without", ""],
  ]);
});
