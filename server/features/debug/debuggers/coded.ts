/** One word of a command to a debugger: each other byte of the text is written as % and two hexadecimal digits. */
export const coded = (text: string): string =>
  Buffer.from(text)
    .toString("latin1")
    .replace(/[^\w./:-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
