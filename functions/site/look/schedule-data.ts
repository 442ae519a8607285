import type { Event } from '../../../shared/events/event.ts';
import { ruleParts } from '../../../shared/events/recurrence-rule.ts';

const letters: Record<string, string> = { DAILY: 'D', WEEKLY: 'W', MONTHLY: 'M', YEARLY: 'Y' };

/** How an event repeats, https://schema.org/Schedule; its byDay may be as iCalendar writes it. */
export function scheduleData({ start, end, allDay, timeZone, recurrence }: Event) {
  const rule = Object.fromEntries(ruleParts(recurrence?.rrule ?? ''));
  const letter = letters[rule.FREQ ?? ''];
  if (!letter) return undefined;
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(rule.UNTIL ?? '');
  return {
    '@type': 'Schedule',
    repeatFrequency: `P${rule.INTERVAL ?? 1}${letter}`,
    repeatCount: rule.COUNT ? Number(rule.COUNT) : undefined,
    byDay: rule.BYDAY?.split(','),
    byMonth: numbers(rule.BYMONTH),
    byMonthDay: numbers(rule.BYMONTHDAY),
    startDate: start.slice(0, 10),
    endDate: until?.slice(1).join('-'),
    ...(!allDay && { startTime: start.slice(11), endTime: end.slice(11) }),
    scheduleTimezone: timeZone,
    exceptDate: recurrence?.exceptions.length ? recurrence.exceptions : undefined,
  };
}

const numbers = (list?: string) => list?.split(',').map(Number);
