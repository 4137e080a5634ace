// Mail that a script sent: it was caught and went nowhere. A part of a trace.
import { z } from "zod";
import { bytesText } from "./bytes-text.js";

/** The messages that are kept of one request. */
export const maxMails = 100;
/** All messages of one request together. */
export const maxMailBytes = 25 << 20;
/** So much of a message’s head is shown, and of the text of each part. */
export const maxShownMailBytes = 16 << 10;
/** The attachments, recipients and header fields of one message. */
export const maxMailItems = 200;

const part = z.object({
  type: z.string(),
  name: z.string().nullable().describe("Of an attachment."),
  bytes: z.number().int().describe("Once its transfer encoding is decoded."),
  text: z.string().nullable().describe(`The first ${maxShownMailBytes} characters; null: an attachment.`),
});

const mail = z.object({
  args: z
    .array(bytesText)
    .describe("What `sendmail` was called with; what the envelope says as such, if it came over SMTP."),
  recipients: z
    .array(z.string())
    .describe("Of the command line, and with `-t` of To, Cc and Bcc. Empty: it would reach nobody."),
  bytes: z.number().int(),
  head: bytesText.describe(`The header as the script wrote it, at most ${maxShownMailBytes} bytes.`),
  headers: z
    .array(z.tuple([z.string(), z.string()]))
    .describe(`Names and values in their order, decoded; at most ${maxMailItems}.`),
  charset: z.string().nullable().describe("What the Content-Type of the whole message declares."),
  is8Bit: z.boolean().describe("Its body has bytes outside of ASCII."),
  isCut: z.boolean().describe(`It did not fit into the ${maxMailBytes >> 20} MiB of the request.`),
  parts: z.array(part),
  unread: z.string().nullable().describe("Why its parts could not be read; null: they were."),
});
export type Mail = z.infer<typeof mail>;

export const caughtMail = z
  .object({
    messages: z.array(mail).describe(`In order; at most ${maxMails}.`),
    omitted: z.number().int().describe("The number of further messages, of which nothing was kept."),
  })
  .describe(
    "What the script sent with `sendmail` or over SMTP. Nothing of it left this machine. Not there: it sent none.",
  );
export type CaughtMail = z.infer<typeof caughtMail>;
