/** Holds the place until its owner writes it. */
export const handler = async () => ({ statusCode: 503 });
