import { type Group, ownGroup, standingGroups } from '../../shared/calendars/calendar-groups.ts';
import type { CalendarStateStore } from '../../shared/calendars/calendar-state-store.ts';
import { type RefreshMessage, refreshMessage } from '../../shared/calendars/refresh-message.ts';
import { rendererRevision } from '../../shared/calendars/renderer-revision.ts';
import { idsOf, isPublic } from '../../shared/events/event.ts';
import type { EventStore } from '../../shared/events/event-store.ts';
import { log } from '../../shared/runtime/log.ts';
import { inTurns } from './in-turns.ts';
import { type KeepDeps, keepEvent } from './keep-event.ts';
import { listedTags } from './listed-tags.ts';
import { type PublishDeps, publishCalendar } from './publish-calendar.ts';

export type RefreshDeps = KeepDeps &
  PublishDeps & {
    events: Pick<EventStore, 'list'>;
    state: CalendarStateStore;
    refresh: { send: (messages: { body: RefreshMessage }[]) => Promise<void> };
  };

/** Events rendered, and calendars published, for one message. */
const EVENTS = 100;
const CALENDARS = 20;
const AT_ONCE = 8;

/** Does what one message of the queue `refresh` asks for. Doing it again is harmless. */
export async function refresh(body: unknown, deps: RefreshDeps): Promise<void> {
  const message = refreshMessage.parse(body);
  if ('calendar' in message) return publishCalendar(message.calendar, deps);
  if ('rebuild' in message) return rebuild(message.rebuild, deps);
  return republish(message.republish, deps);
}

type Rebuild = Extract<RefreshMessage, { rebuild: unknown }>['rebuild'];
type Republish = Extract<RefreshMessage, { republish: unknown }>['republish'];

/** Renders a slice of all events anew, then asks for the next, and after the last for every calendar. */
async function rebuild({ revision, after }: Rebuild, deps: RefreshDeps): Promise<void> {
  if (isOver(revision, deps)) return;
  const { items, cursor } = await deps.events.list({
    isVisible: isPublic,
    limit: EVENTS,
    cursor: after,
  });
  await inTurns(items, AT_ONCE, async (event) => {
    await keepEvent(event, [], deps);
    for (const id of idsOf(event)) await publishCalendar(ownGroup(id), deps);
  });
  const next: RefreshMessage = cursor
    ? { rebuild: { revision, after: cursor } }
    : { republish: { revision, from: 0 } };
  await goOn(next, revision, deps);
}

async function republish({ revision, from }: Republish, deps: RefreshDeps): Promise<void> {
  if (isOver(revision, deps)) return;
  const all: Group[] = standingGroups(deps.setting.force);
  const some = all.slice(from, from + CALENDARS);
  const listed = { ...deps, objects: await listedTags(some, deps.objects) };
  await inTurns(some, AT_ONCE, (group) => publishCalendar(group, listed));
  const next = from + CALENDARS;
  if (next < all.length) return goOn({ republish: { revision, from: next } }, revision, deps);
  await deps.state.finish(revision);
  log.info('the calendars are rebuilt', { revision });
}

/** The place is kept first: where the message is lost, the minute's sweep goes on from there. */
async function goOn(next: RefreshMessage, revision: string, { state, refresh, now }: RefreshDeps) {
  await state.reach(revision, next, now());
  await refresh.send([{ body: next }]);
}

/** Whether a newer renderer than this message was for is at work: it has its own rebuild. */
const isOver = (revision: string, { setting }: RefreshDeps) => revision !== rendererRevision(setting.force);
