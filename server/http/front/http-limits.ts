// Bounds of the HTTP front that no configuration changes.
import type { HeldLimits } from "./held-bytes.js";

/** Request line and header fields together; more gets a 431. */
export const maxRequestHeadBytes = 64 << 10;
/** A head must be complete after this long, ms; else 408. */
export const requestHeadMs = 15_000;
/** A connection that waits for its first or next request is closed after this long, ms. */
export const idleMs = 15_000;
/**
 * After a response, what still comes of its request's body is read for this long, ms, and for `idleMs` without a byte.
 */
export const dropBodyMs = 60_000;
/** How often these are checked, ms. */
export const timeoutCheckMs = 1000;
/** Of all connections together: whatever waits between clients and scripts. */
export const maxHeldBytes = 32 << 20;
/** Half of it for collected uploads, which can go to their temporary files. */
export const heldLimits: HeldLimits = { maxBytes: maxHeldBytes, maxUploadBytes: maxHeldBytes / 2, maxFiles: 512 };
/** What each piece of a head under way costs beside its bytes. */
export const headPieceBytes = 64;
/**
 * While requests wait for a place or for room, a body must come at this rate once the
 * client could send it for `slowUploadMs`.
 */
export const minUploadBytesPerSecond = 1024;
/** See `minUploadBytesPerSecond`, ms. */
export const slowUploadMs = 10_000;
/** While there is no room, a response of which the client took nothing for this long is cut, ms. */
export const unreadMs = 1000;
/**
 * Connections that the system accepts for us while we are busy, as far as it allows:
 * one that it drops comes back after seconds.
 */
export const listenBacklog = 4096;
/**
 * After a last response, what still arrives is read until nothing came for this long, ms, or for `dropBodyMs`: closing
 * over unread bytes resets the connection, and the client loses the response.
 */
export const lingerMs = 1000;
/** Interim responses (1xx) of an NPH script whose status its trace keeps. All of them reach the client. */
export const maxInterim = 100;
/** A chunked upload is kept in memory up to this size and in a temporary file beyond. */
export const spoolAboveBytes = 1 << 20;
/** Local redirects that one request may go through. */
export const maxLocalRedirects = 10;
/** An invalid response waits this long for the process to end, ms: then the page can say how it ended. */
export const awaitExitMs = 250;
