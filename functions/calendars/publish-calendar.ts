import { setTimeout as pause } from 'node:timers/promises';
import { type Calendar, calendarOf, type Group, pathOf } from '../../shared/calendars/calendar-groups.ts';
import { frameOf } from '../../shared/calendars/frame-of.ts';
import type { Setting } from '../../shared/calendars/render-event.ts';
import { log } from '../../shared/runtime/log.ts';
import { type Reached, readContents } from './contents.ts';
import type { EntryStore } from './entry-store.ts';
import { type ObjectStore, Overtaken } from './object-store.ts';
import { publishSheet, type Tags, twin } from './publish-sheet.ts';
import { faultsOf, refused, soundOnes } from './set-aside.ts';
import { newSheet, type Sheet } from './sheet.ts';

export type PublishDeps = {
  entries: Pick<EntryStore, 'read' | 'state'> & {
    /** Lets go of what is remembered of a calendar, so that it is read again. */
    forget?: (group: Group) => void;
  };
  objects: ObjectStore;
  setting: Setting;
  now: () => Date;
};

const ATTEMPTS = 10;

/**
 * Puts a calendar together from kept texts and publishes each of its forms that differs from what is published.
 * Tags are read before the texts, and each put is conditional on its tag: of two writers the one that read
 * older texts fails and starts again.
 * @throws Overtaken when that happens again and again
 */
export async function publishCalendar(group: Group, deps: PublishDeps): Promise<void> {
  const calendar = calendarOf(group, deps.setting.force);
  if (!calendar) {
    log.warn('a calendar the force does not have', { group });
    return;
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await publishOnce(calendar, deps);
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}

async function publishOnce(calendar: Calendar, deps: PublishDeps): Promise<void> {
  const { objects, setting } = deps;
  const frame = frameOf('ics', calendar, setting);
  const faults = faultsOf([], frame);
  if (faults.length) return refused(calendar.group, faults, deps.now());
  const tags = await tagsOf(calendar, objects);
  const sheets = calendar.forms.map(newSheet);
  const reading = { entries: deps.entries, now: deps.now(), timeZone: setting.force.timeZone };
  const { count, ...reached } = await readContents(calendar, reading, (some) => {
    const sound = soundOnes(some, frame, reading.now);
    for (const sheet of sheets) sheet.add(sound);
  });
  const before = [...tags.values()].filter((tag) => tag !== undefined);
  // A calendar on which nothing has ever been is answered for by the site.
  if (count === 0 && before.length === 0) return;
  if (count > 0 || calendar.isWindowed) await publishForms(calendar, sheets, reached, tags, deps);
  else await Promise.all([...tags].map(([key, tag]) => tag && objects.remove(key)));
  // Where it was there and still is, its tag told: its bytes never return to what they were.
  if (before.length === tags.size && (count > 0 || calendar.isWindowed)) return;
  // Where it comes or goes, no tag tells a writer that it is late.
  if ((await deps.entries.state(calendar.group, reading.now)) === reached.state) return;
  deps.entries.forget?.(calendar.group);
  throw new Overtaken(calendar.group);
}

async function publishForms(
  calendar: Calendar,
  sheets: Sheet[],
  reached: Reached,
  tags: Tags,
  { objects, setting }: PublishDeps,
): Promise<void> {
  const forms = sheets.map((sheet) => ({ sheet, frame: frameOf(sheet.form, calendar, setting, reached) }));
  const publish = ({ sheet, frame }: (typeof forms)[number], room?: Buffer) =>
    publishSheet({ form: sheet.form, body: sheet.body(frame, room) }, calendar, tags, objects);
  if (!sheets.some((sheet) => sheet.isLarge())) {
    await Promise.all(forms.map((each) => publish(each)));
    return;
  }
  // A large one is in memory whole while it is published: one form after the other, in the same place.
  const room = Buffer.allocUnsafe(Math.max(...forms.map(({ sheet, frame }) => sheet.lengthWithin(frame))));
  for (const each of forms) await publish(each, room);
}

async function tagsOf({ group, forms }: Calendar, objects: ObjectStore): Promise<Tags> {
  const keys = forms.map((form) => pathOf(group, form)).flatMap((key) => [key, twin(key)]);
  return new Map(await Promise.all(keys.map(async (key) => [key, await objects.tagOf(key)] as const)));
}
