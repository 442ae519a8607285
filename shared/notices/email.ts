import template from './email.njk';

export type Link = { text: string; href: string };

/** An e-mail before it is HTML and text. */
export type EmailView = {
  subject: string;
  heading: string;
  paragraphs?: string[];
  action?: Link;
  groups?: { heading?: string; entries: EmailEntry[] }[];
  more?: Link[];
  contact: { heading: string; lines: string[] };
  footer: { paragraphs: string[]; links: Link[] };
};

export type EmailEntry = {
  title: string;
  changed?: string;
  isOff: boolean;
  facts: { name: string; value: string }[];
  summary?: string;
  links: Link[];
};

/** The two forms of one message, with the same words. */
export const renderEmail = (view: EmailView) => ({
  subject: view.subject,
  html: template(view),
  text: textOf(view),
});

function textOf({ heading, paragraphs = [], action, groups = [], more = [], contact, footer }: EmailView) {
  const blocks = [
    heading,
    ...paragraphs,
    action ? linkLine(action) : '',
    ...groups.flatMap(({ heading: title, entries }) => [
      title ? `${title.toUpperCase()}\n${'-'.repeat(title.length)}` : '',
      ...entries.map(entryText),
    ]),
    more.map(linkLine).join('\n'),
    [contact.heading, ...contact.lines.map((line) => `- ${line}`)].join('\n'),
    [...footer.paragraphs, ...footer.links.map(linkLine)].join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const entryText = ({ title, changed, facts, summary, links }: EmailEntry) =>
  [title, changed, ...facts.map(({ name, value }) => `${name}: ${value}`), summary, ...links.map(linkLine)]
    .filter(Boolean)
    .join('\n');

const linkLine = ({ text, href }: Link) => `${text}: ${href}`;
