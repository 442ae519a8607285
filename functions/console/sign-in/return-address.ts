/** The console's own address that was asked for; its first page for everything else, other sites above all. */
export function returnAddress(asked: string | undefined, origin: string): string {
  const first = '/console';
  // Browsers read a backslash as a slash, and pass over control characters.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!asked || /[\\\u0000-\u0020]/.test(asked) || !/^\/console(?:[/?]|$)/.test(asked)) return first;
  const address = URL.canParse(asked, origin) ? new URL(asked, origin) : undefined;
  if (address?.origin !== origin || !/^\/console(?:\/|$)/.test(address.pathname)) return first;
  return address.pathname + address.search;
}
