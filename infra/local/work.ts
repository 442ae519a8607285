/** Something that may have work to do, now or at a known instant. */
export type WorkSource = {
  /** How much is under way or could start at once. */
  busy: () => number;
  /** When the next thing held back falls due: a delay, a retry, a schedule. */
  nextDueAt?: () => number | undefined;
  /** Starts what has fallen due. */
  startDue?: () => void;
  /** Whether something falls due before the instant that counts as unfinished business. */
  unfinishedBefore?: (instant: number) => boolean;
};

/** Knows what is going on in the whole host: when it is quiet, and what comes next. */
export function openWork(now: () => number) {
  const sources: WorkSource[] = [];
  const watchers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let planned = false;
  let closed = false;

  const isQuiet = () => sources.every((source) => source.busy() === 0);
  const nextDueAt = () =>
    sources.reduce<number | undefined>((earliest, source) => {
      const at = source.nextDueAt?.();
      return at !== undefined && (earliest === undefined || at < earliest) ? at : earliest;
    }, undefined);

  function startDue() {
    for (const source of sources) source.startDue?.();
    plan();
  }

  function plan() {
    if (planned || closed) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      for (const watcher of watchers) watcher();
      clearTimeout(timer);
      const at = nextDueAt();
      if (at !== undefined && !closed)
        timer = setTimeout(startDue, Math.min(Math.max(at - now(), 0), 60_000));
    });
  }

  /** Waits until a condition holds; it is looked at after every change. */
  function until(condition: () => boolean, patienceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (held: boolean) => {
        watchers.delete(look);
        clearTimeout(patience);
        resolve(held);
      };
      const look = () => {
        if (condition()) finish(true);
      };
      const patience = setTimeout(() => finish(condition()), patienceMs);
      watchers.add(look);
      plan();
    });
  }

  return {
    add: (...added: WorkSource[]) => void sources.push(...added),
    /** To be called whenever a source's answers may have changed. */
    changed: plan,
    startDue,
    until,
    nextDueAt,
    quiet: (patienceMs: number) => until(isQuiet, patienceMs),
    /** Quiet, and nothing about to happen that belongs to work already begun. */
    idle: (patienceMs: number, soonMs: number) =>
      until(
        () => isQuiet() && !sources.some((source) => source.unfinishedBefore?.(now() + soonMs)),
        patienceMs,
      ),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

export type Work = ReturnType<typeof openWork>;
