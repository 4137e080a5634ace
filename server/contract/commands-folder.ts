// Where a folder's own commands lie. Apart from the schemas, so that the page has the name without them.
export const commandsFolder = ".cgi-workbench/commands";
