/** What pages name in tests, by address: filled by whatever imports an asset. */
export const assetFiles = new Map<string, Buffer>();
