import * as z from 'zod';
import { kinds } from '../../../shared/events/event-terms.ts';
import type { Force } from '../../../shared/force/force.ts';
import { channels, frequencies } from '../../../shared/subscriptions/subscription.ts';
import {
  preferencesInput,
  proofInput,
  standInInput,
  type wishInput,
} from '../../../shared/subscriptions/wish.ts';
import { jsonForm, type Operation, ok } from '../openapi/operation.ts';

const shownSubscription = z.strictObject({
  channel: z.enum(channels),
  address: z.string(),
  districts: z.array(z.string()),
  kinds: z.array(z.enum(kinds)).meta({ description: 'None means all' }),
  frequency: z.enum([...frequencies.email, ...frequencies.sms]),
  reminders: z.boolean(),
  follows: z.array(z.string()).meta({ description: 'Events followed one by one' }),
  hasStandIn: z.boolean().optional().meta({
    description: 'Of one by text: whether an e-mail is sent where a text cannot be',
  }),
  status: z.enum(['active', 'ended']),
  confirmedAt: z.iso.datetime(),
});

/** What the API's document says of the routes to subscriptions. */
export function subscriptionOperations(
  input: ReturnType<typeof wishInput>,
  { force, origin }: { force: Force; origin: string },
) {
  const asked = {
    status: 202,
    description: 'Asked',
    forms: [
      jsonForm('Asked', z.strictObject({ status: z.literal('confirmation-sent') }), {
        status: 'confirmation-sent',
      }),
    ],
  };
  const resident = { about: 'Subscriptions', who: 'anybody' } as const;
  const districts = force.districts.slice(0, 1).map(({ id }) => id);
  const subscription = ok(
    jsonForm('Subscription', shownSubscription, {
      channel: 'email',
      address: 'ann@example.com',
      districts,
      kinds: [],
      frequency: 'immediately',
      reminders: true,
      follows: [],
      status: 'active',
      confirmedAt: '2027-01-04T10:00:00.000Z',
    }),
  );
  const preferences = z.union(channels.map((channel) => preferencesInput(force, channel)));
  return {
    ask: {
      ...resident,
      id: 'subscribe',
      summary: 'Asks for notices: a confirmation goes to the address, whoever asks and whatever exists',
      body: {
        forms: [
          jsonForm('Wish', input, {
            channel: 'email',
            address: 'ann@example.com',
            districts,
            frequency: 'immediately',
            reminders: true,
          }),
        ],
      },
      answers: [asked],
      problems: [400, 413, 422, 429],
    },
    confirm: {
      ...resident,
      id: 'confirmSubscription',
      summary: 'Confirms it, with the token of the e-mail’s link or the code of the text',
      body: {
        forms: [jsonForm('Proof', proofInput, { address: '07700 900123', code: '123456' })],
      },
      answers: [
        ok(
          jsonForm('Confirmed', z.strictObject({ manageUrl: z.url() }), {
            manageUrl: `${origin}/subscriptions/c3Vic2NyaXB0aW9u.c2lnbmF0dXJl`,
          }),
          'From now on there are notices',
        ),
      ],
      problems: [400, 410, 413, 422, 429],
    },
    read: {
      ...resident,
      id: 'getSubscription',
      summary: 'What the holder of this link is told of',
      answers: [subscription],
      problems: [404, 410],
    },
    change: {
      ...resident,
      id: 'changeSubscription',
      summary: 'Changes what is sent',
      body: { forms: [jsonForm('Preferences', preferences, { reminders: false })] },
      answers: [subscription],
      problems: [400, 404, 410, 413, 422],
    },
    forget: {
      ...resident,
      id: 'deleteSubscription',
      summary: 'Ends it and erases the address',
      answers: [{ status: 204, description: 'Nothing of it is left' }],
      problems: [404],
    },
    nameStandIn: {
      ...resident,
      id: 'nameStandIn',
      summary: 'Names an e-mail address for texts that cannot go; it is used once it confirmed that',
      body: { forms: [jsonForm('StandIn', standInInput, { address: 'ann@example.com' })] },
      answers: [asked],
      problems: [400, 404, 409, 410, 413, 422, 429],
    },
    dropStandIn: {
      ...resident,
      id: 'dropStandIn',
      summary: 'Nothing is sent by e-mail any more where a text cannot go',
      answers: [
        { status: 204, description: 'Dropped; where it was for nothing else, its subscription ended' },
      ],
      problems: [404, 410],
    },
  } satisfies Record<string, Operation>;
}
