import type { Fault } from '../../../shared/runtime/errors.ts';

/** What was typed, as it was: shown again where something is not right. */
export type Answers = {
  channel: string;
  email: string;
  sms: string;
  districts: string[];
  kinds: string[];
  reminders: boolean;
  /** The one event that is followed, where it is about that alone. */
  event: string;
};

export const answersOf = (form: URLSearchParams): Answers => ({
  channel: form.get('channel') ?? '',
  email: form.get('email') ?? '',
  sms: form.get('sms') ?? '',
  districts: form.getAll('districts'),
  kinds: form.getAll('kinds'),
  reminders: form.get('reminders') === 'yes',
  event: form.get('event') ?? '',
});

/** As the API takes it. */
export const wishOf = ({ channel, email, sms, event: _event, ...rest }: Answers) => ({
  ...rest,
  channel,
  address: channel === 'sms' ? sms : email,
});

/** Without a channel nothing else can be judged but what is missing. */
export function firstFaults({ channel, districts }: Answers): Fault[] {
  if (channel === 'email' || channel === 'sms') return [];
  return [
    { pointer: '/channel', message: '' },
    ...(districts.length ? [] : [{ pointer: '/districts', message: '' }]),
  ];
}
