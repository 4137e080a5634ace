/** For this process and those that it starts. */
export function trustAllFolders(): void;

/** `data`: a folder for XDG_DATA_HOME. */
export function trustAllFoldersIn(data: string): void;
