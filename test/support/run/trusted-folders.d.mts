/** For this process and those that it starts. */
export function trustAllFolders(): void;
