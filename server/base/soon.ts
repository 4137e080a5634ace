// Work that must wait until the caller has returned. As a microtask: `process.nextTick` makes Node enter its queue of
// ticks, which costs a FastCGI request some of its time, and `queueMicrotask` makes an async resource.
const settled = Promise.resolve();

/** Calls `work` when the code that runs now has returned, before anything else happens. It must not throw. */
export const soon = (work: () => void): void => void settled.then(work);
