const partsMs = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];
const pattern = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** An ISO 8601 duration in milliseconds, without months and years, whose lengths differ. Undefined when it is none. */
export function readDuration(text: string) {
  const [, ...counts] = pattern.exec(text) ?? [];
  if (counts.length === 0) return undefined;
  return counts.reduce((sum, count, index) => sum + Number(count ?? 0) * (partsMs[index] ?? 0), 0);
}
