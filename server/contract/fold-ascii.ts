// Text in which ASCII letters are the same in either case, and no others: so `LIKE` of SQLite compares.
const isAscii = /^[\0-\x7f]*$/;

export const foldAscii = (text: string): string =>
  isAscii.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
