// The order of the list of files: breadth first, names by their code units.

/** For `sort`: by depth, then folder by folder, then by name. */
export function listOrder(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  if (left.length !== right.length) return left.length - right.length;
  for (const [index, name] of left.entries()) {
    const other = right[index] ?? "";
    if (name !== other) return name < other ? -1 : 1;
  }
  return 0;
}
