/** Words with a full stop, where they have none. */
export const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
