/** Whether CSV is asked for before JSON. */
export function prefersCsv(accepted = ''): boolean {
  const types = accepted.split(',').map((each) => {
    const [type = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { type, quality: Number(quality ?? 1) };
  });
  const best = types
    .filter(({ type, quality }) => quality > 0 && ['text/csv', 'application/json', '*/*'].includes(type))
    .sort((one, other) => other.quality - one.quality)[0];
  return best?.type === 'text/csv';
}
