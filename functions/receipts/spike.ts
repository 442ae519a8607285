import type { Health } from '../../shared/bulletins/health-store.ts';

/** Fewer say nothing about a bulletin. */
const LEAST = 500;
/** SES looks at an account from 5 % bounces and from 0.1 % complaints: we stop before. */
const MOST_BOUNCED = 0.04;
const MOST_COMPLAINED = 0.0008;

/** Whether a bulletin should stop until a person has looked at it. */
export const isSpike = ({ standing, sent, bounced, complained }: Health) =>
  standing === 'going' &&
  sent >= LEAST &&
  (bounced / sent > MOST_BOUNCED || complained / sent > MOST_COMPLAINED);
