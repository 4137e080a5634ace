// The body that is sent for what the composer shows, and for a recorded one.
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, outgoingBody } from "../../../../../renderer/features/composer/outgoing.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { loadBody } from "../../../../../renderer/model/request/load-body.js";

const blank = blankDraft("/").body;
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

test("a row that was turned back into text needs no file, and is not sent when it is empty", async () => {
  const file = { id: "from before a reload", name: "a.txt", type: "text/plain", sizeBytes: 1 };
  const row = (name: string, value: string) => ({ id: name, name, value, isFile: false, file });
  const bodyOf = (kind: "multipart" | "form") => {
    const body = { ...blankDraft("/").body, kind, boundary: "XX", fields: [row("a", "text"), row("", "")] };
    return outgoingBody({ body, headers: [] });
  };
  const out = bodyOf("multipart");
  expect(out.missing).toBeNull();
  expect(await out.bytes?.text()).toBe('--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\ntext\r\n--XX--\r\n');
  expect(await bodyOf("form").bytes?.text()).toBe("a=text");
});

test("a recorded body is sent again as it was, whatever its bytes", async () => {
  const types = fc.constantFrom("application/x-www-form-urlencoded", "text/plain", null);
  const lines = fc
    .array(fc.constantFrom("a=%C3%BC", "b=%fc", "=", "&", "x y", "\r\n", "\n", "\r", "ü", "\0"))
    .map((parts) => Buffer.from(parts.join("")));
  const bodies = fc.oneof(fc.uint8Array(), lines).map((bytes) => Uint8Array.from(bytes));
  await fc.assert(
    fc.asyncProperty(bodies, types, async (bytes, type) => {
      const { body, headers } = loadBody(blank, type === null ? [] : [["Content-Type", type]], type, bytes);
      const out = outgoingBody({ body, headers });
      expect(out.bytes && latin1(await bytesOf(out.bytes))).toBe(latin1(bytes));
      expect(out.missing).toBeNull();
      expect(headers.find(({ name }) => name === "Content-Type")?.value ?? out.type).toBe(type);
    }),
  );
});
