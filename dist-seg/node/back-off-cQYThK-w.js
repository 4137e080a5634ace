// server/base/back-off.ts
var windowMs = 6e4;
var firstMs = 100;
var longestMs = 1e4;
var BackOff = class {
	#deaths = [];
	/** Counts a death at `now` (ms, any clock) and returns the pause before the next start, ms. */
	died(now) {
		this.#deaths = [...this.#deaths.filter((at) => now - at < windowMs), now];
		return Math.min(firstMs * 2 ** (this.#deaths.length - 1), longestMs);
	}
};
export { BackOff as t };

//# sourceMappingURL=back-off-cQYThK-w.js.map