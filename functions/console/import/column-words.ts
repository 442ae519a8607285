import type { Column } from '../../../shared/imports/read-csv.ts';
import type { Upload } from '../../../shared/imports/upload.ts';

/** What each column is called in a form. */
export const columnWords: Record<Column, string> = {
  externalId: 'Reference (externalId)',
  title: 'Title',
  summary: 'Summary',
  description: 'Description',
  kind: 'Kind',
  districts: 'Districts',
  team: 'Team',
  campaign: 'Campaign',
  start: 'Start',
  end: 'End',
  allDay: 'All day',
  venueName: 'Name of the place',
  address: 'Address',
  postcode: 'Postcode',
  latitude: 'Latitude',
  longitude: 'Longitude',
  access: 'Access',
  partners: 'Partners',
  bookingUrl: 'Booking address',
  capacity: 'Capacity',
  audience: 'Who may see it',
  rrule: 'Repeats (rrule)',
  publish: 'Publish',
};

const calendarFields: Record<string, Column> = {
  CATEGORIES: 'kind',
  ORGANIZER: 'team',
  district: 'districts',
};

/** The field of the form that a fault belongs to. */
export const fieldOf = (column: string, { form }: Pick<Upload, 'form'>): string =>
  form === 'csv' ? column : (calendarFields[column] ?? column);
