import type { Cells } from '../../../shared/imports/read-csv.ts';
import type { Upload } from '../../../shared/imports/upload.ts';
import { isOver, type UploadStore } from '../../../shared/imports/upload-store.ts';
import { Stale } from '../../../shared/runtime/errors.ts';

/** Uploads in memory. */
export function fakeUploadStore(): UploadStore {
  const kept = new Map<string, { upload: Upload; bytes: Uint8Array; repairs: Map<number, Cells> }>();
  return {
    add: async (upload, bytes) => {
      kept.set(upload.id, { upload, bytes, repairs: new Map() });
    },
    find: async (id, now) => {
      const found = kept.get(id);
      return found && !isOver(found.upload, now) ? { ...found, repairs: new Map(found.repairs) } : undefined;
    },
    change: async (upload) => {
      const found = kept.get(upload.id);
      if (found?.upload.revision !== upload.revision) throw new Stale('somebody was first');
      found.upload = { ...upload, revision: upload.revision + 1 };
      return found.upload;
    },
    repair: async ({ id }, row, cells) => {
      kept.get(id)?.repairs.set(row, cells);
    },
    ofOfficer: async (officerId, now) =>
      [...kept.values()]
        .map(({ upload }) => upload)
        .filter((upload) => upload.by.id === officerId && !isOver(upload, now))
        .sort((one, other) => other.at.localeCompare(one.at)),
  };
}
