/** What was published on a topic: a text for each protocol that hears it (`MessageStructure: json`), or one for all. */
export type Publication = {
  at: string;
  topic: string;
  texts: Record<string, string>;
  attributes: Record<string, string>;
};

const MOST = 1_000;

/** The newest publications on topics, oldest first, while the host runs. */
export function openTopicLog() {
  let kept: Publication[] = [];
  return {
    add(publication: Omit<Publication, 'at'>) {
      kept = [...kept, { at: new Date().toISOString(), ...publication }].slice(-MOST);
    },
    /** @param topic the end of a topic's name, as a district is */
    list: (topic?: string) => kept.filter((each) => !topic || each.topic.endsWith(`-${topic}`)),
  };
}

export type TopicLog = ReturnType<typeof openTopicLog>;

/** What a form that publishes on a topic says. */
export function publicationOf(form: URLSearchParams): Omit<Publication, 'at'> | undefined {
  const topic = form.get('TopicArn')?.split(':').at(-1);
  if (!topic || form.get('Action') !== 'Publish') return undefined;
  const message = form.get('Message') ?? '';
  const attributes: Record<string, string> = {};
  for (let place = 1; form.has(`MessageAttributes.entry.${place}.Name`); place++) {
    const entry = `MessageAttributes.entry.${place}`;
    attributes[form.get(`${entry}.Name`) ?? ''] = form.get(`${entry}.Value.StringValue`) ?? '';
  }
  const texts = form.get('MessageStructure') === 'json' ? JSON.parse(message) : { default: message };
  return { topic, texts, attributes };
}
