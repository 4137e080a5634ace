// Where in the folder something is, for a button: "line 12" of a file that has been named, else the file.

export const placeName = (file: string, line: number | null): string => (line === null ? file : `line ${line}`);
