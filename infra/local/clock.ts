const RealDate = globalThis.Date;

/** The clock's lead over the machine's, in milliseconds, shared by the host and every worker. */
export type ClockLead = SharedArrayBuffer;

export const newClockLead = (): ClockLead => new SharedArrayBuffer(8);

const leadOf = (lead: ClockLead) => Number(new BigInt64Array(lead)[0]);
const realNow = () => RealDate.now();

/**
 * Makes `Date` follow the movable clock in this thread, so that libraries follow it too. A proxy rather than a
 * subclass: dates made elsewhere stay `instanceof Date`.
 */
export function followClock(lead: ClockLead) {
  const view = new BigInt64Array(lead);
  const now = () => RealDate.now() + Number(view[0]);
  const moved: DateConstructor = new Proxy(RealDate, {
    construct: (target, args, newTarget): Date =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === moved ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  RealDate.prototype.constructor = moved;
  globalThis.Date = moved;
}

export class ClockGoesBack extends Error {
  override name = 'ClockGoesBack';
}

export type SavedLead = { read: () => unknown; write: (leadMs: number) => void };

/** A clock that runs on by itself, may be put forward, never back, and is kept. */
export function movableClock(lead: ClockLead, saved: SavedLead) {
  const view = new BigInt64Array(lead);
  const kept = Number(saved.read());
  if (Number.isSafeInteger(kept) && kept > 0) view[0] = BigInt(kept);
  const now = () => realNow() + leadOf(lead);
  return {
    now,
    /** @throws ClockGoesBack */
    putForwardTo(instant: number) {
      if (instant < now()) throw new ClockGoesBack('The clock never goes back');
      const leadMs = Math.round(instant - realNow());
      view[0] = BigInt(leadMs);
      saved.write(leadMs);
    },
  };
}

export type Clock = ReturnType<typeof movableClock>;
