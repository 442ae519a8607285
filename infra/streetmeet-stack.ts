import { type App, Stack } from 'aws-cdk-lib';
import type { Force } from '../shared/force/force.ts';
import { Alarms } from './alarms.ts';
import { Announcing } from './announcing.ts';
import { Calendars } from './calendars.ts';
import { Counting } from './counting.ts';
import { Delivering } from './delivering.ts';
import type { Deployment } from './deployment.ts';
import { FanningOut } from './fanning-out.ts';
import { Identity } from './identity.ts';
import { SigningSecret } from './signing-secret.ts';
import { Store } from './store.ts';
import { Ticking } from './ticking.ts';
import { Website } from './website.ts';

/** All of Streetmeet for one environment of one force, in the order data flows. */
export class StreetmeetStack extends Stack {
  constructor(app: App, id: string, { deployment, force }: { deployment: Deployment; force: Force }) {
    super(app, id, {
      description: `Streetmeet for ${force.name} (${deployment.env})`,
      terminationProtection: !deployment.disposable,
      tags: { service: 'streetmeet', environment: deployment.env, force: force.id },
    });

    const store = new Store(this, 'Store', { deployment });
    const secret = new SigningSecret(this, 'Secret');

    const website = new Website(this, 'Website', { deployment });
    const identity = new Identity(this, 'Identity', { deployment, website });
    const calendars = new Calendars(this, 'Calendars', { deployment });
    const announcing = new Announcing(this, 'Announcing', { deployment, force });
    const fanningOut = new FanningOut(this, 'FanningOut', { deployment, topics: announcing.topics });
    const delivering = new Delivering(this, 'Delivering', { deployment, force });
    const counting = new Counting(this, 'Counting', { deployment });
    const ticking = new Ticking(this, 'Ticking', { deployment });

    website.publish(calendars, force);
    for (const fn of [website.api, website.site, website.console, delivering.deliver])
      secret.connectReader(fn);
    for (const fn of [
      website.api,
      website.site,
      website.console,
      calendars.render,
      announcing.announce,
      delivering.deliver,
    ])
      website.connectOrigin(fn);
    identity.connectVerifier(website.api);
    identity.connectSignIn(website.console);

    store.connectWriter(website.api);
    store.connectWriter(website.site);
    store.connectWriter(website.console);
    store.connectWriter(calendars.render);
    store.connectWriter(announcing.announce);
    store.connectWriter(fanningOut.fanOut);
    store.connectWriter(delivering.deliver);
    store.connectWriter(delivering.receipts);
    store.connectWriter(counting.count);
    store.connectWriter(ticking.tick);
    store.connectSweeper(ticking.tick);

    store.streamTo('Calendars', calendars.render, calendars.wantedRecords);
    store.streamTo('Announce', announcing.announce, announcing.wantedRecords);
    for (const fn of [announcing.announce, fanningOut.fanOut]) delivering.connectSender(fn);

    calendars.connectRefresher(calendars.render);
    announcing.connectSettler(announcing.announce);
    fanningOut.connectSender(fanningOut.fanOut);

    for (const fn of [calendars.render, ticking.tick]) counting.connectSender(fn);

    calendars.connectRefresher(ticking.tick);
    announcing.connectSettler(ticking.tick);
    fanningOut.connectSender(ticking.tick);
    delivering.connectSender(ticking.tick);
    delivering.connectTextBudget(website.console);

    new Alarms(this, 'Alarms', {
      deployment,
      store,
      website,
      calendars,
      announcing,
      fanningOut,
      delivering,
      counting,
      ticking,
    });
  }
}
