import type { Invalid } from '../../../shared/runtime/errors.ts';

/** The fields of the form by the member of an event that they fill. */
const fields: Record<string, string> = {
  start: 'date',
  end: 'until',
  recurrence: 'repeat',
  'venue/name': 'venueName',
  'venue/address': 'address',
  'venue/postcode': 'postcode',
  'venue/latitude': 'postcode',
  'venue/longitude': 'postcode',
  'contact/name': 'contactName',
  'contact/email': 'contactEmail',
  'contact/phone': 'contactPhone',
};

const labels: Record<string, string> = {
  title: 'Title',
  date: 'Date',
  until: 'The end',
  repeat: 'The repetition',
  districts: 'District',
  team: 'Team',
  campaign: 'Campaign',
  venueName: 'Name of the place',
  address: 'Address',
  postcode: 'Postcode',
  summary: 'Summary',
  description: 'Description',
  partners: 'Each partner',
  capacity: 'The number of places',
  contactName: 'Name of the contact',
  contactPhone: 'Phone number',
  externalId: 'Reference',
};

/** Where the schema's own words would not help. */
const words: Record<string, string> = {
  title: 'Enter a title of up to 200 characters',
  kind: 'Choose what kind of event it is',
  audience: 'Choose who may see it',
  districts: 'Choose at least one district',
  team: 'Choose the team that runs it',
  venueName: 'Enter the name of the place',
  contactName: 'Enter who to contact, such as the team',
  contactEmail: 'Enter an email address, like name@example.com',
  onlineUrl: 'Enter a web address, like https://example.com/meeting',
  bookingUrl: 'Enter a web address, like https://example.com/book',
  surveyUrl: 'Enter a web address, like https://example.com/survey',
  capacity: 'Enter for how many people there is room, as a number',
};

/** As they stand in the form. */
const order = (
  'title kind date from until repeat endsOn endsAfter lastDay districts team audience schoolAgreed venueName address ' +
  'postcode onlineUrl summary description campaign partners bookingUrl capacity contactName contactEmail ' +
  'contactPhone surveyUrl externalId'
).split(' ');

/** Faults as the form shows them: a summary whose lines lead to their fields, and each field's own words. */
export function faultsShown({ faults }: Pick<Invalid, 'faults'>) {
  const byField = new Map<string, string>();
  for (const { pointer, message } of faults) {
    const [first = '', second = ''] = pointer.split('/').slice(1);
    const field = fields[`${first}/${second}`] ?? fields[first] ?? first;
    if (!byField.has(field)) byField.set(field, textOf(field, message));
  }
  const inOrder = [...byField].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return {
    errors: inOrder.map(([field, text]) => ({ text, href: `#${field}` })),
    fieldErrors: Object.fromEntries([...byField].map(([field, text]) => [field, { text }])),
  };
}

/** The schema's own words, with what they are about; the form's own begin with a capital and say it all. */
function textOf(field: string, message: string) {
  const own = words[field];
  const isVague = /^Invalid|^Too|missing|must not be empty|must name|must be one of|is not a team/.test(
    message,
  );
  if (own && (isVague || !labels[field])) return own;
  return /^[A-Z]/.test(message) ? message : `${labels[field] ?? 'This'} ${message}`;
}
