// What becomes of a body's lines when it is sent, as editors send them: a multipart body has CRLF (RFC 2046 §5.1.1),
// and a form may have a line for each of its fields.

/**
 * `type`: the request's Content-Type, "" without one; `body`: as it is in the file, before its variables have their
 * values.
 */
export function sentBody(type: string, body: string): string {
  if (/^[ \t]*multipart\//i.test(type)) return `${body.replace(/(?<!\r)\n/g, "\r\n")}\r\n`;
  if (/^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(type)) return body.replace(/\r?\n&/g, "&");
  return body;
}
