import type { Preview } from '../../../shared/desk/preview.ts';
import { addDays, toLocal, toLocalDate } from '../../../shared/events/zone-time.ts';
import type { Force } from '../../../shared/force/force.ts';
import { clock, longDate } from '../../../shared/words/when.ts';
import type { ConsoleDeps } from '../deps.ts';

type Setting = Pick<ConsoleDeps, 'now' | 'textMoney'> & { force: Pick<Force, 'timeZone' | 'senders'> };

/** Who is told, by channel, what it costs, when it goes, and what is left for texts: as an officer reads it. */
export async function tellingOf(
  { notices, goesAt, isEstimate }: Pick<Preview, 'notices' | 'goesAt' | 'isEstimate'>,
  { force, now, textMoney }: Setting,
) {
  const { email, sms, smsSegments, estimatedCostPence } = notices;
  const left = await textMoney();
  return {
    email: people(email, isEstimate),
    sms: people(sms, isEstimate),
    isEstimate,
    segments: `${number(smsSegments)} ${smsSegments === 1 ? 'part' : 'parts'} of 160 characters`,
    cost: pounds(estimatedCostPence),
    left: pounds(Math.floor(left.news)),
    isShort: estimatedCostPence > left.news,
    sentence: tellingWords({ ...notices, isEstimate }, goesAt, { now: now(), timeZone: force.timeZone }),
  };
}

/** `An email to 312 people and a text to 4 go out at 8am tomorrow.` Nothing where nobody is told. */
export function tellingWords(
  { email, sms, isEstimate }: { email: number; sms: number; isEstimate: boolean },
  goesAt: Date | undefined,
  at: { now: Date; timeZone: string },
): string | undefined {
  if (!goesAt || email + sms === 0) return undefined;
  const parts = [
    ...(email ? [`an email to ${people(email, isEstimate)}`] : []),
    ...(sms ? [`a text to ${people(sms, isEstimate)}`] : []),
  ];
  const words = parts.join(' and ');
  return `A${words.slice(1)} ${parts.length === 1 ? 'goes' : 'go'} out ${momentWords(goesAt, at)}.`;
}

const SOON = 5 * 60_000;

function momentWords(goesAt: Date, { now, timeZone }: { now: Date; timeZone: string }) {
  if (goesAt.getTime() - now.getTime() < SOON) return 'in the next few minutes';
  const local = toLocal(goesAt, timeZone);
  const today = toLocalDate(now, timeZone);
  const day = local.slice(0, 10);
  const when = day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : `on ${longDate(local)}`;
  return `at ${clock(local)} ${when}`;
}

const number = (count: number) => count.toLocaleString('en-GB');
/** What is estimated is said in round numbers. */
function people(count: number, isEstimate: boolean): string {
  if (count === 1) return '1 person';
  return isEstimate ? `about ${number(Number(count.toPrecision(2)))} people` : `${number(count)} people`;
}
const pounds = (pence: number) =>
  (pence / 100).toLocaleString('en-GB', { style: 'currency', currency: 'GBP' });
