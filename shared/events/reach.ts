/** Years of which dates sort as text, whatever zone they are put in. */
export const isInReach = (local: string) => local >= '1900' && local < '3000';
export const outOfReach = 'must be in the years 1900 to 2999';
