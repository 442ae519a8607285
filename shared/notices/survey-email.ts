import type { Force } from '../force/force.ts';
import { when } from '../words/when.ts';
import { type EmailEntry, renderEmail } from './email.ts';
import { canStop, endOf, type HolderLinks } from './end-of-email.ts';
import type { NoticeEntry } from './notice-entry.ts';

/** The day after: asks those who follow an event how it was, on the force's survey pages. */
export function surveyEmail({
  force,
  entries,
  links,
}: {
  force: Force;
  entries: NoticeEntry[];
  links: HolderLinks;
}) {
  const [only, ...others] = entries.map(({ event }) => event);
  const isOne = only !== undefined && others.length === 0;
  const heading = isOne ? `How was ${plain(only.title)}?` : 'How were these police events?';
  return renderEmail({
    subject: heading,
    heading,
    paragraphs: [
      `Please tell ${force.name} what you thought. It helps us plan the next one.`,
      'You do not have to answer. We will not ask you again about this.',
    ],
    groups: [{ entries: entries.map(view) }],
    ...endOf(force, `You follow ${isOne ? 'this event' : 'these events'}. ${canStop}`, links),
  });
}

function view({ event }: NoticeEntry): EmailEntry {
  const { title, venue, surveyUrl } = event;
  return {
    title,
    isOff: false,
    facts: [
      { name: 'When', value: when(event) },
      ...(venue ? [{ name: 'Where', value: [venue.name, venue.address].filter(Boolean).join(', ') }] : []),
    ],
    links: surveyUrl ? [{ text: `Answer the questions on ${new URL(surveyUrl).host}`, href: surveyUrl }] : [],
  };
}

const plain = (title: string) => title.replace(/[?!.]+$/, '');
