import fc from "fast-check";
import { expect, test } from "vitest";
import { latin1 } from "../../../server/protocol/byte-string.js";
import { headerFields } from "../../../server/protocol/header-fields.js";

const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/);
const value = fc.stringMatching(/^(?:[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff\t]{0,30}[\x21-\x7e\x80-\xff])?)?$/);
const blanks = fc.stringMatching(/^[ \t]{0,3}$/);

test("fields come back as they were sent, without the white space round their values", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value, blanks, blanks)), fc.constantFrom("\r\n", "\n"), (fields, end) => {
      const lines = fields.map(([key, text, before, after]) => `${key}:${before}${text}${after}${end}`);
      expect(headerFields(latin1(`GET /a:b?c HTTP/1.1${end}${lines.join("")}${end}`))).toEqual(
        fields.map(([key, text]) => [key, text]),
      );
    }),
  );
});
