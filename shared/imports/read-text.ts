/** A file's words: UTF-8 with or without BOM, or Windows-1252, which is whatever is not UTF-8. */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * API Gateway hands text over as UTF-8, so in a file of another encoding every letter beyond ASCII has been replaced
 * before we see it.
 */
export const isGarbled = (words: string) => words.includes('\ufffd');

export const garbled = 'has letters that were lost on the way: save the file as UTF-8 and send it again';
