import { describe, expect, test } from 'vitest';
import type { Event } from '../../../shared/events/event.ts';
import { signing } from '../../../shared/runtime/signing.ts';
import { anEvent } from '../../support/an-event.ts';
import { someSite } from './some-site.ts';

const byEmail = { channel: 'email', email: ' Ann@Example.org ', sms: '', districts: ['southend', 'harlow'] };
const byText = { channel: 'sms', email: '', sms: '07700 900123', districts: 'southend', reminders: 'yes' };
const personal = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

async function confirmed(form: Record<string, string | string[]> = byEmail, events: Event[] = []) {
  const site = await someSite({ events });
  await site.post('/subscribe', form);
  const token = site.signed.sign('confirm', 'id-1');
  const done = await site.post(`/subscribe/confirm/${token}`);
  const manage = /href="https:\/\/events.essex.example(\/subscriptions\/[^"]+)"/.exec(done.html)?.[1] ?? '';
  return { ...site, token, done, manage, manageToken: manage.split('/')[2] ?? '' };
}

test('a resident asks by e-mail, follows the link and presses the button', async () => {
  const site = await someSite();
  expect((await site.ask('/subscribe?district=southend')).words).toContain('How should we tell you?');
  const sent = await site.post('/subscribe', byEmail);
  expect(sent.words).toContain('Check your email');
  expect(sent.headers).toMatchObject(personal);
  const link = `/subscribe/confirm/${site.signed.sign('confirm', 'id-1')}`;
  expect((await site.ask(link)).words).toContain('Press the button');
  expect(await site.subscriptions.find('id-2')).toBeUndefined();
  const done = await site.post(link);
  expect(done.words).toContain('You will be told');
  expect(await site.subscriptions.find('id-2')).toMatchObject({
    channel: 'email',
    address: 'ann@example.org',
    districts: ['harlow', 'southend'],
    kinds: [],
    frequency: 'immediately',
    reminders: false,
  });
  expect((await site.post(link)).status).toBe(410);
});

test('a resident asks by text and types the code', async () => {
  const site = await someSite();
  const asked = await site.post('/subscribe', byText);
  expect(asked.words).toContain('6-digit code');
  const address = /name="address" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
  const wrong = await site.post('/subscribe/code', { address, code: '000000' });
  expect(wrong.status).toBe(422);
  expect(wrong.words).toContain('There is a problem');
  expect(wrong.html).toContain('href="#code"');
  expect(wrong.html).toContain('value="000000"');
  const done = await site.post('/subscribe/code', { address, code: site.signed.code('id-1') });
  expect(done.words).toContain('You will be told');
  expect(await site.subscriptions.find('id-2')).toMatchObject({
    channel: 'sms',
    address: '+447700900123',
    reminders: true,
  });
});

test('five wrong codes end it', async () => {
  const site = await someSite();
  await site.post('/subscribe', byText);
  const guess = () => site.post('/subscribe/code', { address: byText.sms, code: '000000' });
  for (const status of [422, 422, 422, 422, 429, 410]) expect((await guess()).status).toBe(status);
});

describe('one thing to a page', () => {
  const hidden = (html: string) => {
    const form: Record<string, string[]> = {};
    for (const [, name = '', value = ''] of html.matchAll(
      /<input type="hidden" name="(\w+)" value="([^"]*)">/g,
    ))
      form[name] = [...(form[name] ?? []), value];
    return form;
  };

  test.each([byEmail, byText])('the answers go along from page to page, five in all: %#', async (all) => {
    const site = await someSite();
    const { channel, email, sms } = all;
    const address = await site.ask(`/subscribe/address?channel=${channel}&district=southend`);
    expect(address.headers['cache-control']).toContain('public');
    expect(address.words).toContain(
      channel === 'sms' ? 'What is your mobile number?' : 'What is your email address?',
    );
    const typed: Record<string, string> = channel === 'sms' ? { sms } : { email };
    const which = await site.post('/subscribe/districts', { ...hidden(address.html), ...typed });
    expect(which.words).toContain('Which events?');
    expect(which.html).toMatch(/value="southend" checked/);
    const check = await site.post('/subscribe/check', {
      ...hidden(which.html),
      districts: ['southend', 'harlow'],
      kinds: 'talk',
    });
    for (const words of ['Check your answers', 'Harlow and Southend-on-Sea', 'Talk', 'I want Essex Police'])
      expect(check.words).toContain(words);
    const sent = await site.post('/subscribe', hidden(check.html));
    expect(sent.words).toContain(channel === 'sms' ? 'Enter the code' : 'Check your email');
    expect([...site.subscriptions.confirmations.values()][0]?.wish).toMatchObject({
      channel,
      districts: ['harlow', 'southend'],
      kinds: ['talk'],
    });
  });

  test('any answer can be changed, and the others stay', async () => {
    const site = await someSite();
    const channel = await site.post('/subscribe', { ...byEmail, change: 'channel' });
    expect(channel.status).toBe(200);
    expect(channel.html).toMatch(/value="email" checked/);
    // What was typed is in no address.
    expect(channel.html).toContain('<form method="post" action="/subscribe/address"');
    expect(hidden(channel.html)).toMatchObject({
      email: [byEmail.email],
      districts: ['southend', 'harlow'],
    });
    const back = await site.post('/subscribe', { channel: 'email', email: 'half', change: 'address' });
    expect(back.status).toBe(200);
    expect(back.html).toContain('value="half"');
    expect(back.headers['cache-control']).toBe('private, no-cache');
  });

  test('who skips a page is led to it', async () => {
    const site = await someSite();
    expect((await site.ask('/subscribe/address')).words).toContain('Choose email or text message');
    expect((await site.post('/subscribe/check', { channel: 'sms' })).words).toContain('Enter a UK mobile');
    expect((await site.post('/subscribe/districts', { ...byEmail, districts: [] })).status).toBe(200);
  });
});

describe('the holder of a link', () => {
  test('sees and changes what they get', async () => {
    const { ask, post, manage } = await confirmed();
    const before = await ask(manage);
    expect(before.headers).toMatchObject(personal);
    expect(before.words).toContain('ann@example.org');
    const saved = await post(manage, {
      districts: 'basildon',
      kinds: ['talk'],
      frequency: 'weekly',
      reminders: 'yes',
    });
    expect(saved.status).toBe(303);
    const after = await ask(saved.headers.location ?? '');
    expect(after.words).toContain('Your changes are saved');
    for (const value of ['basildon', 'talk', 'weekly', 'yes'])
      expect(after.html).toMatch(new RegExp(`value="${value}" checked`));
    expect(after.html).not.toMatch(/value="southend" checked/);
  });

  test('is told to choose a district', async () => {
    const { post, manage } = await confirmed();
    const answer = await post(manage, { frequency: 'weekly' });
    expect(answer.status).toBe(422);
    expect(answer.words).toContain('Choose at least one district');
  });

  test('is nobody with a link made elsewhere', async () => {
    const { ask, post } = await confirmed();
    const forged = signing('another secret').sign('manage', 'id-2');
    for (const path of ['/subscriptions/', '/unsubscribe/', '/u/', '/subscribe/confirm/'])
      expect((await ask(`${path}${forged}`)).status).toBe(404);
    expect((await post(`/unsubscribe/${forged}`)).status).toBe(404);
  });
});

describe('following one event', () => {
  const form = { channel: 'email', email: 'ann@example.org', event: 'open-day' };

  test('asks for an address alone, and keeps what was asked for before', async () => {
    const site = await confirmed(byEmail, [anEvent()]);
    const page = await site.ask('/subscribe?event=open-day');
    expect(page.words).toContain('Follow Southend Police Station open day');
    const check = await site.post('/subscribe/districts', form);
    expect(check.words).toContain('Check your answers');
    expect(check.html).not.toContain('name="districts"');
    await site.post('/subscribe', form);
    await site.post(`/subscribe/confirm/${site.signed.sign('confirm', 'id-3')}`);
    expect(await site.subscriptions.find('id-2')).toMatchObject({
      districts: ['harlow', 'southend'],
      follows: ['open-day'],
    });
    const manage = await site.ask(site.manage);
    expect(manage.html).toMatch(/value="open-day" checked/);
    await site.post(site.manage, { districts: 'harlow', frequency: 'immediately' });
    expect(await site.subscriptions.find('id-2')).toMatchObject({ follows: [] });
  });

  test('needs no district, and can be changed without one', async () => {
    const site = await confirmed(form, [anEvent()]);
    expect(await site.subscriptions.find('id-2')).toMatchObject({ districts: [], follows: ['open-day'] });
    expect((await site.post(site.manage, { follows: 'open-day', frequency: 'weekly' })).status).toBe(303);
    expect((await site.post(site.manage, { frequency: 'weekly' })).status).toBe(422);
  });

  test('is for public events', async () => {
    const site = await someSite({ events: [anEvent({ audience: 'internal' })] });
    expect((await site.ask('/subscribe?event=open-day')).status).toBe(404);
    expect((await site.post('/subscribe', form)).status).toBe(404);
  });
});

describe('an e-mail address for texts that cannot go', () => {
  const page = (manage: string) => `${manage}/stand-in`;
  async function named() {
    const site = await confirmed(byText);
    const asked = await site.post(page(site.manage), { email: ' Ann@Example.org' });
    const done = await site.post(`/subscribe/confirm/${site.signed.sign('confirm', 'id-3')}`);
    return { ...site, asked, done };
  }

  test('is named on a page of its own, and used once its holder confirmed', async () => {
    const site = await confirmed(byText);
    expect((await site.ask(site.manage)).html).toContain(`href="${page(site.manage)}"`);
    const form = await site.ask(page(site.manage));
    expect(form.headers).toMatchObject(personal);
    expect(form.words).toContain('I want Essex Police');
    expect((await site.post(page(site.manage), { email: 'ann@example.org' })).words).toContain(
      'Check your email',
    );
    expect((await site.subscriptions.find('id-2'))?.pair).toBeUndefined();
    const done = await site.post(`/subscribe/confirm/${site.signed.sign('confirm', 'id-3')}`);
    expect(done.words).toContain('We will email you when we cannot text you.');
    expect((await site.subscriptions.find('id-2'))?.pair).toBe('id-4');
    const standIn = `/subscriptions/${site.signed.sign('manage', 'id-4')}`;
    expect((await site.ask(standIn)).words).toContain('We email you when we cannot text you.');
    expect((await site.ask(page(standIn))).status).toBe(404);
  });

  test('must look like one', async () => {
    const site = await confirmed(byText);
    const wrong = await site.post(page(site.manage), { email: 'ann<b>' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#address"');
    expect(wrong.html).toContain('value="ann&lt;b&gt;"');
  });

  test('is dropped again', async () => {
    const site = await named();
    expect((await site.ask(page(site.manage))).words).toContain('We will send you an email.');
    expect((await site.post(page(site.manage), { drop: 'yes' })).status).toBe(303);
    expect((await site.subscriptions.find('id-2'))?.pair).toBeUndefined();
    expect((await site.subscriptions.find('id-4'))?.status).toBe('ended');
  });
});

describe('leaving', () => {
  const statusOf = async ({ subscriptions }: Awaited<ReturnType<typeof confirmed>>) =>
    (await subscriptions.find('id-2'))?.status;

  test('takes a button: looking at the link ends nothing', async () => {
    const site = await confirmed();
    for (const path of ['/unsubscribe/', '/u/']) {
      const page = await site.ask(`${path}${site.manageToken}`);
      expect(page.words).toContain('Stop messages');
      expect(page.html).toContain(`action="/unsubscribe/${site.manageToken}"`);
    }
    expect(await statusOf(site)).toBe('active');
  });

  test('works from a mail program, twice, without cookie or redirect', async () => {
    const site = await confirmed();
    for (const _ of [1, 2]) {
      const left = await site.post(`/unsubscribe/${site.manageToken}`, { 'List-Unsubscribe': 'One-Click' });
      expect(left.status).toBe(200);
      expect(left.words).toContain('We have stopped');
    }
    expect(await statusOf(site)).toBe('ended');
    expect((await site.ask(site.manage)).status).toBe(410);
  });

  test('may be of one district: the others stay', async () => {
    const site = await confirmed();
    const page = await site.ask(`/unsubscribe/${site.manageToken}`);
    expect(page.html).toMatch(/name="district"[^>]*value="southend"|value="southend"[^>]*name="district"/);
    const left = await site.post(`/unsubscribe/${site.manageToken}`, { district: 'southend' });
    expect(left.words).toContain('no more messages about Southend-on-Sea');
    expect(await site.subscriptions.find('id-2')).toMatchObject({ status: 'active', districts: ['harlow'] });
    expect((await site.ask(`/unsubscribe/${site.manageToken}`)).html).not.toContain('name="district"');
  });

  test('may be of texts alone, or of texts and e-mails, by who gets both', async () => {
    for (const [form, email] of [
      [{}, 'active'],
      [{ all: 'yes' }, 'ended'],
    ] as const) {
      const site = await confirmed();
      await site.post('/subscribe', byText);
      await site.post('/subscribe/code', { address: byText.sms, code: site.signed.code('id-3') });
      const token = site.signed.sign('manage', 'id-4');
      expect((await site.ask(`/unsubscribe/${token}`)).html).not.toContain('name="all"');
      await site.post(`/subscriptions/${token}/stand-in`, { email: byEmail.email });
      await site.post(`/subscribe/confirm/${site.signed.sign('confirm', 'id-5')}`);
      expect((await site.ask(`/unsubscribe/${token}`)).html).toContain('name="all"');
      await site.post(`/unsubscribe/${token}`, form);
      expect((await site.subscriptions.find('id-4'))?.status).toBe('ended');
      expect((await site.subscriptions.find('id-2'))?.status).toBe(email);
    }
  });

  test('erases at once who asks for it', async () => {
    const site = await confirmed();
    const left = await site.post(`/unsubscribe/${site.manageToken}`, { erase: 'yes' });
    expect(left.words).toContain('Your address is erased');
    expect(await statusOf(site)).toBeUndefined();
    expect((await site.post(`/unsubscribe/${site.manageToken}`, { erase: 'yes' })).status).toBe(200);
  });
});
