/** `Harlow, Maldon and Tendring` */
export function listed(names: string[], and = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${and} ${last}` : last;
}
