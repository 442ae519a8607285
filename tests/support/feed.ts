import ICAL from 'ical.js';

export type FeedEvent = { uid: string; summary: string; status: string; sequence: number; start: string };

/** The events of a calendar, as somebody else's parser reads them. */
export const eventsOf = (text: string): FeedEvent[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      status: String(component.getFirstPropertyValue('status')),
      sequence: event.sequence,
      start: event.startDate.toString(),
    };
  });
