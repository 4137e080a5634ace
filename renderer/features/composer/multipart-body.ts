// multipart/form-data as browsers write it (RFC 7578; HTML Standard, "multipart form data"): in the form's charset,
// with CR LF, and only the three characters escaped in names that would end them.
import { asReference, encodeText } from "../../model/request/encode-charset.js";

interface MultipartField {
  readonly name: string;
  readonly content: string | { readonly fileName: string; readonly type: string; readonly bytes: Blob };
}

export const multipartType = (boundary: string): string => `multipart/form-data; boundary=${boundary}`;

/** The boundary a Content-Type value names; null when it is no multipart type or names none. */
export function boundaryIn(contentType: string): string | null {
  const [, quoted, plain] = /^multipart\/[^;]*;(?:.*;)?\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

/** The body. Files are not read for it: a blob knows its size, and its bytes when asked. */
export function encodeMultipart(fields: readonly MultipartField[], boundary: string, charset: string): Blob {
  const parts: BlobPart[] = [];
  const text = (line: string): void => {
    parts.push(encodeText(line, charset, asReference));
  };
  for (const { name, content } of fields) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(withCrlf(name))}"`;
    if (typeof content === "string") text(`${disposition}\r\n\r\n${withCrlf(content)}\r\n`);
    else {
      text(
        `${disposition}; filename="${escapeName(content.fileName)}"\r\nContent-Type: ${content.type || "application/octet-stream"}\r\n\r\n`,
      );
      parts.push(content.bytes);
      text("\r\n");
    }
  }
  text(`--${boundary}--\r\n`);
  return new Blob(parts);
}

const withCrlf = (text: string): string => text.replaceAll(/\r\n?|\n/g, "\r\n");
const escapeName = (name: string): string =>
  name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
