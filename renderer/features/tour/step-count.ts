// How many steps the walk has. Apart from their words, which only come when somebody walks.
export const stepCount = 8;
