import type { District, Force } from './force.ts';

type Districts = Pick<Force, 'district'>;

/** Whether a district's last day is over, by the date in the force's zone. */
export const hasEnded = ({ to }: Pick<District, 'to'>, date: string) => to !== undefined && to < date;

/** The district that stands for one on a date: itself, or once it ended its successor, and so on. */
export function districtOn(id: string, date: string, force: Districts): string {
  const seen = new Set<string>();
  let current = id;
  for (;;) {
    const district = force.district.get(current);
    if (!district?.successor || !hasEnded(district, date) || seen.has(current)) return current;
    seen.add(current);
    current = district.successor;
  }
}
