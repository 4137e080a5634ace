// A route to the files that its folder has at this path anyway needs no `dir`, and so no trust.
import { resolve } from "node:path";

export function ownFolderLeftOut<R extends { readonly path: string; readonly dir?: string | undefined }>(
  { dir, ...route }: R,
  folder: string,
): Omit<R, "dir"> & { readonly dir?: string } {
  return dir === undefined || dir === resolve(folder, `.${route.path}`) ? route : { ...route, dir };
}
