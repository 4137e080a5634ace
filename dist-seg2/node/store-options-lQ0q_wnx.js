import { t as UsageError } from "./cli.js";
// server/cli/store-options.ts
/** For `parseArgs`. */
var storeOptions = {
	store: { type: "boolean" },
	"no-store": { type: "boolean" }
};
/** Without either option the folder's settings decide. @throws UsageError, as `isStoring` */
function storingOf(values) {
	if (isStoring(values)) return "always";
	return values["no-store"] ? "never" : "as-set";
}
/** @throws UsageError for both at once, or for a store of nothing */
function isStoring(values) {
	if (values.store && values["no-store"]) throw new UsageError("use either --store or --no-store, not both");
	if (values.store && values["no-traces"]) throw new UsageError("use either --store or --no-traces, not both");
	return values.store === true;
}
export { storeOptions as n, storingOf as r, isStoring as t };

//# sourceMappingURL=store-options-lQ0q_wnx.js.map