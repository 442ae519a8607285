import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import {
  type Calendar,
  calendarOf,
  type Form,
  type Group,
  pathOf,
} from '../../shared/calendars/calendar-groups.ts';
import type { Setting } from '../../shared/calendars/render-event.ts';
import { log } from '../../shared/runtime/log.ts';
import { assemble, type Contents, contentsOf } from './assemble-calendar.ts';
import type { EntryStore } from './entry-store.ts';
import { type ObjectStore, Overtaken, type Stored } from './object-store.ts';
import { withoutFaults } from './set-aside.ts';

export type PublishDeps = {
  entries: Pick<EntryStore, 'read'>;
  objects: ObjectStore;
  setting: Setting;
  now: () => Date;
};

const ATTEMPTS = 10;

/**
 * Puts a calendar together from kept texts and publishes each of its forms that differs from what is published.
 * Tags are read before the texts, and each put is conditional on its tag: of two writers the one that read
 * older texts fails and starts again.
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
  const { entries, objects, setting, now } = deps;
  const tags = await tagsOf(calendar, objects);
  const read = () =>
    contentsOf(entries.read(calendar.group, now()), calendar, {
      now: now(),
      timeZone: setting.force.timeZone,
    });
  const contents = await read();
  if (calendar.isWindowed || contents.entries.length > 0)
    await Promise.all(calendar.forms.map((form) => publishForm(form, calendar, contents, tags, deps)));
  else await Promise.all([...tags].map(([key, tag]) => tag && objects.remove(key)));
  // One event's own calendar comes and goes, so its tag alone cannot tell a writer that it is late.
  if (!calendar.isWindowed && (await read()).changedAt !== contents.changedAt)
    throw new Overtaken(calendar.group);
}

type Tags = Map<string, string | undefined>;

async function tagsOf({ group, forms }: Calendar, objects: ObjectStore): Promise<Tags> {
  const keys = forms.map((form) => pathOf(group, form)).flatMap((key) => [key, twin(key)]);
  return new Map(await Promise.all(keys.map(async (key) => [key, await objects.tagOf(key)] as const)));
}

async function publishForm(
  form: Form,
  calendar: Calendar,
  contents: Contents,
  tags: Tags,
  deps: PublishDeps,
) {
  const key = pathOf(calendar.group, form);
  const text = withoutFaults(form, calendar, contents, (some) =>
    assemble(form, calendar, some, deps.setting),
  );
  if (text === undefined) return;
  const body = Buffer.from(text);
  const stored: Stored = { contentType: contentTypes[form] };
  // The twin goes first: where the plain one is up to date, so is its twin.
  if (isSame(body, tags.get(key)) && tags.get(twin(key))) return;
  const zipped = gzipSync(body, { level: 9 });
  if (!isSame(zipped, tags.get(twin(key))))
    await deps.objects.put(twin(key), zipped, tags.get(twin(key)), { ...stored, contentEncoding: 'gzip' });
  if (!isSame(body, tags.get(key))) await deps.objects.put(key, body, tags.get(key), stored);
}

const twin = (key: string) => `${key}.gz`;

const isSame = (body: Buffer, tag: string | undefined) =>
  tag === `"${createHash('md5').update(body).digest('hex')}"`;

const contentTypes: Record<Form, string> = {
  ics: 'text/calendar; charset=utf-8',
  google: 'text/calendar; charset=utf-8',
  json: 'application/json; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
};
