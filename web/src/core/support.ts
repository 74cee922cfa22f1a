/** What a vote says, as the governor numbers it. */
export const SUPPORT = { against: 0, for: 1, abstain: 2 } as const;
export type Side = keyof typeof SUPPORT;
/** As they are offered. */
export const SIDES: readonly Side[] = ["for", "against", "abstain"];
