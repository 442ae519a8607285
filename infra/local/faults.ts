import { z } from 'zod';

export const faultServices = ['ses', 'sns', 'dynamodb', 's3', 'sqs'] as const;

export const faultSchema = z.strictObject({
  service: z.enum(faultServices),
  rate: z.number().min(0).max(1),
  kind: z.enum(['throttle', 'error', 'lost-reply']).default('error'),
  seed: z.int().default(1),
});

export type Fault = z.infer<typeof faultSchema>;

/** What the wire does wrong on purpose, the same each time for the same seed. */
export function faults() {
  const active = new Map<string, Fault & { next: () => number }>();
  const injected: Record<string, number> = Object.fromEntries(faultServices.map((service) => [service, 0]));
  return {
    set({ rate, ...fault }: Fault) {
      if (rate === 0) active.delete(fault.service);
      else active.set(fault.service, { ...fault, rate, next: seededRandom(fault.seed) });
    },
    /** What befalls this call, if anything. */
    strike(service: string) {
      const fault = active.get(service);
      if (!fault || fault.next() >= fault.rate) return undefined;
      injected[service] = (injected[service] ?? 0) + 1;
      return fault.kind;
    },
    list: () => ({
      active: [...active.values()].map(({ next: _, ...fault }) => fault),
      injected: { ...injected },
    }),
  };
}

export type Faults = ReturnType<typeof faults>;

/** Mulberry32. */
function seededRandom(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
