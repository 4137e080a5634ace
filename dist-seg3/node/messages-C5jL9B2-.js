import { t as defineProblems } from "./problem-BYFI9xia.js";
// server/trace/store/messages.ts
var storeMessage = defineProblems({
	"store-newer": {
		message: ({ path }) => `A newer version of CGI Workbench wrote the stored traces in ${path}.`,
		fix: "Traces are kept in memory only. Update this version, or move the file."
	},
	"store-damaged": {
		message: ({ path }) => `The file with the stored traces was damaged. It is now ${path}.`,
		fix: "A new file was begun."
	},
	"store-full": {
		message: ({ path }) => `There is no space left for traces in ${path}.`,
		fix: "Traces are kept in memory only until there is space."
	},
	"store-goes-on": { message: ({ path, lost }) => `Traces are stored again in ${path}. ${lost} ${lost === 1 ? "was" : "were"} not stored.` },
	"store-failed": {
		message: ({ path, systemText }) => `Traces cannot be stored in ${path}: ${systemText}.`,
		fix: "Traces are kept in memory only."
	},
	"store-behind": { message: ({ lost, shortened }) => `Requests came faster than their traces could be stored: ${shortened} were stored without their streams, ${lost} not at all.` },
	"store-unreadable": {
		message: ({ path, systemText }) => `The stored traces in ${path} cannot be read: ${systemText}.`,
		fix: "Check the file and its folder."
	},
	"store-settings-unreadable": {
		message: ({ systemText }) => `The settings for stored traces cannot be read: ${systemText}.`,
		fix: "The default settings apply. Set them again in the settings."
	},
	"store-settings-not-written": {
		message: ({ systemText }) => `The settings were not saved: ${systemText}.`,
		fix: "Check the data folder and its permissions."
	},
	"store-not-deleted": {
		message: ({ path, systemText }) => `The stored traces in ${path} were not deleted: ${systemText}.`,
		fix: "Close other programs that use the file, then try again."
	},
	"trace-not-stored": {
		code: "not-found",
		message: ({ trace }) => `No trace ${trace} is stored for this folder.`,
		fix: "cgi-workbench traces lists the ones that are."
	}
});
export { storeMessage as t };

//# sourceMappingURL=messages-C5jL9B2-.js.map