// What becomes of a body's lines when it is sent, as editors send them: a multipart body has CRLF (RFC 2046 §5.1.1),
// and a form may have a line for each of its fields.

/** `type`: the request's Content-Type, "" without one. */
export const isMultipart = (type: string): boolean => /^[ \t]*multipart\//i.test(type);

/** `body`: as it is in the file, before its variables have their values. */
export const sentBody = (type: string, body: string): string => sentText(type, body) + sentEnd(type);

/** What is sent behind the last line. */
export const sentEnd = (type: string): string => (isMultipart(type) ? "\r\n" : "");

/** The body, or a part of it between two files. */
export function sentText(type: string, body: string): string {
  if (isMultipart(type)) return body.replace(/(?<!\r)\n/g, "\r\n");
  if (/^[ \t]*application\/x-www-form-urlencoded[ \t]*(?:;|$)/i.test(type)) return body.replace(/\r?\n&/g, "&");
  return body;
}
