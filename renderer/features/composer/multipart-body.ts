// multipart/form-data as browsers write it (RFC 7578; HTML Standard, "multipart form data"): in the form's charset,
// with CR LF, and only the three characters escaped in names that would end them.
import type { FileRanges } from "../../../server/contract/requests-contract.js";
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

interface MultipartBody {
  readonly bytes: Blob;
  /** Where the bytes of files are. */
  readonly files: FileRanges;
}

/** The body. Files are not read for it: a blob knows its size, and its bytes when asked. */
export function encodeMultipart(fields: readonly MultipartField[], boundary: string, charset: string): MultipartBody {
  const parts: BlobPart[] = [];
  const files: FileRanges = [];
  let size = 0;
  const text = (line: string): void => {
    const bytes = encodeText(line, charset, asReference);
    parts.push(bytes);
    size += bytes.length;
  };
  for (const { name, content } of fields) {
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(withCrlf(name))}"`;
    if (typeof content === "string") text(`${disposition}\r\n\r\n${withCrlf(content)}\r\n`);
    else {
      text(
        `${disposition}; filename="${escapeName(content.fileName)}"\r\nContent-Type: ${content.type || "application/octet-stream"}\r\n\r\n`,
      );
      parts.push(content.bytes);
      files.push([size, size + content.bytes.size]);
      size += content.bytes.size;
      text("\r\n");
    }
  }
  text(`--${boundary}--\r\n`);
  return { bytes: new Blob(parts), files };
}

const withCrlf = (text: string): string => text.replaceAll(/\r\n?|\n/g, "\r\n");
const escapeName = (name: string): string =>
  name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
