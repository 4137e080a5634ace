/** The licences of the packages that the modules, given by their paths, belong to. */
export function noticesText(modules: Iterable<string>): string;
