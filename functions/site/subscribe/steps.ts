import { Invalid } from '../../../shared/runtime/errors.ts';
import { formErrors } from '../../../shared/views/form-errors.ts';
import type { SiteWords } from '../english.ts';
import type { Answers } from './answers.ts';

/** What is asked, one thing to a page, in this order. */
export const steps = ['channel', 'address', 'districts', 'check'] as const;
export type Step = (typeof steps)[number];

export const stepOf = (name: string | null) => steps.find((each) => each === name);

/** The page on which a field is. */
const pageOf: Record<string, Step> = { channel: 'channel', email: 'address', sms: 'address' };

/**
 * The first page before this one whose answers are not right, and its errors.
 * @param judge throws Invalid for what is not right about the answers as a whole
 */
export function firstWrong(answers: Answers, to: Step | 'end', judge: () => unknown, words: SiteWords) {
  const { errors, fieldErrors } = errorsOf(answers, judge, words);
  const before = to === 'end' ? steps : steps.slice(0, steps.indexOf(to));
  for (const step of before) {
    const here = errors.filter(({ href }) => (pageOf[href.slice(1)] ?? 'districts') === step);
    if (here.length) return { step, errors: here, fieldErrors };
  }
  return undefined;
}

function errorsOf({ channel }: Answers, judge: () => unknown, words: SiteWords) {
  try {
    judge();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return formErrors(error, words.subscribe.errors, { '/address': channel === 'sms' ? 'sms' : 'email' });
  }
  return { errors: [], fieldErrors: {} };
}
