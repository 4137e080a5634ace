// Work with a user's rights: root may do everything, so the process becomes another user for a moment.

/** The uid that the process takes; null: it is not root, and keeps its own. */
export const nobody = process.getuid?.() === 0 ? 65_534 : null;

/** `groups`: what that user is a member of besides its own group. */
export async function asNobody(work: () => Promise<unknown>, groups: readonly number[] = []): Promise<void> {
  if (nobody === null) return void (await work());
  const before = process.getgroups?.() ?? [];
  process.setgroups?.([nobody, ...groups]);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(before);
  }
}
