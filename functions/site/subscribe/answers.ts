import { Invalid } from '../../../shared/runtime/errors.ts';

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

/** From a form, or from a link to it, which says `district`. */
export const answersOf = (form: URLSearchParams): Answers => ({
  channel: form.get('channel') ?? '',
  email: form.get('email') ?? '',
  sms: form.get('sms') ?? '',
  districts: [...form.getAll('district'), ...form.getAll('districts')],
  kinds: form.getAll('kinds'),
  reminders: form.get('reminders') === 'yes',
  event: form.get('event') ?? '',
});

/**
 * As the API takes it.
 * @throws Invalid without a channel: nothing else can be judged then
 */
export function wishOf({ channel, email, sms, event: _event, ...rest }: Answers) {
  if (channel !== 'email' && channel !== 'sms') throw new Invalid([{ pointer: '/channel', message: '' }]);
  return { ...rest, channel, address: channel === 'sms' ? sms : email };
}
