import { BELIEVED_FOR, type RunningImportStore } from '../../../shared/imports/running-import-store.ts';

/** Imports under way, in memory. */
export function fakeRunningImportStore(now: () => Date): RunningImportStore {
  const untils = new Map<string, Date>();
  return {
    goesOn: async (id) => void untils.set(id, new Date(now().getTime() + BELIEVED_FOR)),
    isOver: async (id) => void untils.delete(id),
    running: async (ids) => new Map([...untils].filter(([id, until]) => ids.includes(id) && until > now())),
  };
}
