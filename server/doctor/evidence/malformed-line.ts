// A line that is no header field, and which rule is to say so: neighbours in cause, told apart by their first bytes.

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const spaceBeforeColon = new RegExp(`^${token}[ \\t]+:`);
const field = new RegExp(`^${token}:`);

/** Folding, a space before the colon, stray carriage returns, byte order marks, UTF-16 and HTTP's own status line have rules of their own. */
export function isAnothersBusiness(line: string): boolean {
  return (
    /^[ \t]/.test(line) ||
    line.startsWith("HTTP/") ||
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(line) ||
    spaceBeforeColon.test(line) ||
    field.test(line)
  );
}

/** Nothing its author can have meant as a field. */
export const isNoField = (line: string): boolean => !line.startsWith(":") && !field.test(line);
