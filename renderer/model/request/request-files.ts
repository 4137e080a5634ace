// Files of requests in the editor.
export const isRequestFile = (path: string): boolean => /\.http$/i.test(path);
