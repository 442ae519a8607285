import { expect, test } from 'vitest';
import { addresses } from '../../../functions/site/site.ts';
import { someSite } from './some-site.ts';

type Form = Record<string, string | string[]>;
type Row = {
  /** What was typed or chosen. */
  form: Form;
  says: string;
  field: string;
  /** Of that, what stands in no field of the page that comes, or is what must be chosen. */
  without?: string[];
};

const email = { channel: 'email', email: 'ann@example.org' };
const sms = { channel: 'sms', sms: '07700 900123' };
const chosen = { districts: ['southend', 'harlow'], kinds: ['talk', 'patrol'], reminders: 'yes' };
const channel = { says: 'Choose email or text message', field: 'channel' };
const district = { says: 'Choose at least one district', field: 'districts' };
const kinds = { says: 'Choose kinds from the list', field: 'kinds', without: ['kinds'] };
const wrongEmail = {
  says: 'Enter an email address in the right form, like name@example.com',
  field: 'email',
};
const wrongMobile = { says: 'Enter a UK mobile number, like 07700 900123', field: 'sms' };
const anyForm: Row[] = [{ form: { ...chosen, email: 'ann@example.org', sms: '07700 900123' }, ...channel }];
const wrongAddress: Row[] = [
  ...anyForm,
  { form: { ...chosen, ...sms, channel: 'email', email: '"<b>' }, ...wrongEmail },
  { form: { ...chosen, channel: 'email', email: '' }, ...wrongEmail },
  { form: { ...chosen, channel: 'sms', sms: '01702 123456' }, ...wrongMobile },
  { form: { ...chosen, channel: 'sms', sms: '' }, ...wrongMobile },
];
const wrongChoice: Row[] = [
  ...wrongAddress,
  { form: { ...email, kinds: 'talk', reminders: 'yes' }, ...district },
  { form: { ...sms, kinds: 'talk', districts: 'narnia' }, ...district, without: ['districts'] },
  { form: { ...email, ...chosen, kinds: 'rave' }, ...kinds },
];
const kept = { frequency: 'immediately', reminders: 'yes' };

/** Each form, with everything that can be wrong about it. */
const forms: Record<string, Row[]> = {
  '/find': [{ form: { place: '' }, says: 'Enter a postcode, like SS1 1DG', field: 'place' }],
  '/subscribe/address': anyForm,
  '/subscribe/districts': wrongAddress,
  '/subscribe/check': wrongChoice,
  '/subscribe': wrongChoice,
  '/subscribe/code': ['', '12', '000000'].map((code) => ({
    form: { address: '+447700900123', code },
    says: 'Enter the 6-digit code from the text',
    field: 'code',
  })),
  '/subscriptions/{manageToken}': [
    { form: { ...kept, kinds: ['talk', 'patrol'] }, ...district },
    { form: { ...kept, districts: ['southend', 'harlow'], kinds: 'rave' }, ...kinds },
    {
      form: { districts: 'harlow', kinds: 'talk', reminders: 'yes' },
      says: 'Choose how often we should tell you',
      field: 'frequency',
    },
  ],
  '/subscriptions/{manageToken}/stand-in': ['', 'ann', '"<b>'].map((typed) => ({
    form: { email: typed },
    ...wrongEmail,
    field: 'address',
  })),
};

/** What a form holds, typed and hidden, as a browser would send it. */
function heldIn(html: string) {
  const held: Record<string, string[]> = {};
  for (const [input] of html.matchAll(/<input\b[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '';
    const isChoice = ['radio', 'checkbox'].includes(attribute('type'));
    if (isChoice && !/\schecked\b/.test(input)) continue;
    const value = attribute('value')
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    held[attribute('name')] = [...(held[attribute('name')] ?? []), value];
  }
  return held;
}

const rows = Object.entries(forms).flatMap(([path, all]) => all.map((row) => ({ path, ...row })));

test.each(rows)('$path: $says, and where, and what was typed stays', async ({ path, ...row }) => {
  const site = await someSite();
  await site.post('/subscribe', { ...sms, districts: 'southend' });
  if (path.includes('manageToken'))
    await site.post('/subscribe/code', { address: '+447700900123', code: site.signed.code('id-1') });
  const { status, html, words } = await site.post(
    path.replace('{manageToken}', site.signed.sign('manage', 'id-2')),
    row.form,
  );
  expect(status).toBe(422);
  expect(html).toContain('<title>Error: ');
  expect(words).toContain(`There is a problem ${row.says}`);
  expect(words).toContain(`Error: ${row.says}`);
  expect(html).toContain(`href="#${row.field}"`);
  expect(html).toContain(`id="${row.field}"`);
  const held = heldIn(html);
  for (const [name, value] of Object.entries(row.form))
    if (value.length && !row.without?.includes(name))
      expect(held[name]?.sort(), name).toEqual([value].flat().sort());
});

test('no form is left out of that but those that are one button', () => {
  const buttons = ['/subscribe/confirm/{token}', '/unsubscribe/{token}', '/u/{token}'];
  const posts = addresses.filter(({ method }) => method === 'POST').map(({ path }) => path);
  expect(Object.keys(forms).sort()).toEqual(posts.filter((path) => !buttons.includes(path)).sort());
});
