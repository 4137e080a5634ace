export const comparedPackages: readonly string[];
