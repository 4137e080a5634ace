// What an error says, as data of a message.

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** "ENOSPC: no space left on device": a system error without the call's name and the path. */
export const systemReason = (error: unknown): string => errorText(error).split(",", 1)[0] ?? "";
