import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { deployToBuckets } from './bucket-deployment.ts';
import { bucketOrigins } from './bucket-origin.ts';
import { bucketService, openBuckets } from './buckets.ts';
import { followClock, movableClock, newClockLead } from './clock.ts';
import { dataDirectory } from './data-directory.ts';
import { developerSurface } from './developer-surface.ts';
import { dynamoDb, dynamoDbService } from './dynamodb.ts';
import { startEngine } from './dynoxide.ts';
import { openEdge } from './edge.ts';
import { faults as newFaults } from './faults.ts';
import { openFunctions } from './functions.ts';
import { openHttpApis } from './http-api.ts';
import { jsonHttpReply } from './http-message.ts';
import { oidcPath, openIdentity } from './identity.ts';
import { mailService } from './mail.ts';
import { openOutbox } from './outbox.ts';
import { policyStatements } from './policy-statements.ts';
import { openPublicPort } from './public-port.ts';
import { answerWith } from './public-requests.ts';
import { openFauxqs, openQueues, queueService } from './queues.ts';
import { readResources } from './resources.ts';
import { openSchedules } from './schedule.ts';
import { secretService } from './secrets.ts';
import type { Settings } from './settings.ts';
import { serveSignIn } from './sign-in.ts';
import { openSources } from './sources.ts';
import { type AppSource, synthesisedApp } from './synthesised-app.ts';
import { openTables } from './table.ts';
import { textService } from './text-messages.ts';
import { openTopicLog } from './topic-log.ts';
import { openTopics, publisher, topicService } from './topics.ts';
import { openWire } from './wire.ts';
import { openWork } from './work.ts';

export type HostOptions = {
  settings: Settings;
  app: AppSource;
  cache: string;
  report: (line: string) => void;
};

/**
 * Runs a synthesised app on this machine: each resource of its template is handed to the part that plays it.
 * @throws CannotRun naming what cannot be run
 */
export async function startHost({ settings, app, cache, report: say }: HostOptions) {
  let isStopping = false;
  const report = (line: string) => {
    // What is cut off by the stop is done again by the next start.
    if (!isStopping) say(line);
  };
  const closers: (() => unknown)[] = [];
  const closing = <Part>(part: Part, close: (part: Part) => unknown) => {
    closers.unshift(() => close(part));
    return part;
  };
  /** The last opened first. */
  async function stop() {
    isStopping = true;
    for (const close of closers.splice(0)) await close();
  }
  try {
    return { ...(await open()), stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function open() {
    const data = closing(dataDirectory(settings.DATA_DIR), ({ release }) => release());
    const clockLead = newClockLead();
    const clock = movableClock(clockLead, {
      read: () => data.readJson('clock.json'),
      write: (leadMs) => data.writeJson('clock.json', leadMs),
    });
    followClock(clockLead);
    const work = closing(openWork(clock.now), ({ close }) => close());
    const faults = newFaults();

    const port = closing(await openPublicPort(settings.PORT, data), ({ close }) => close());
    const [synthesised, engine, fauxqs, wire] = await allOpened([
      synthesisedApp(app, cache),
      startEngine({ file: data.path('table.sqlite'), endpoint: settings.DYNAMODB_ENDPOINT }).then((part) =>
        closing(part, ({ close }) => close()),
      ),
      openFauxqs().then((part) => closing(part, ({ close }) => close())),
      openWire({ faults, log: report }).then((part) => closing(part, ({ close }) => close())),
    ]);

    const issuer = `${port.origin}${oidcPath}`;
    const resources = readResources(synthesised.template, {
      stackName: synthesised.stackName,
      parameters: {
        SettleSeconds: String(settings.SETTLE_SECONDS),
        SiteScheme: 'http',
        EmailRate: String(settings.EMAIL_RATE),
        SmsRate: String(settings.SMS_RATE),
        SmsMonthlyBudgetPence: String(settings.SMS_MONTHLY_BUDGET_PENCE),
      },
      siteHost: port.origin.replace('http://', ''),
      wireOrigin: wire.origin,
      issuer,
    });

    const statements = policyStatements(resources);
    const functions = openFunctions(resources, {
      clockLead,
      assetFolder: synthesised.assetFolder,
      worker: synthesised.worker,
      compiled: join(cache, 'compiled'),
      statements,
      wireOrigin: wire.origin,
      logFolder: data.folder('logs'),
      report,
      changed: work.changed,
    });

    const db = closing(dynamoDb(engine.endpoint), ({ close }) => close());
    const [tables, identity] = await Promise.all([
      openTables(resources, db),
      openIdentity(resources, { issuer, data, report }),
    ]);
    const buckets = closing(openBuckets(resources, data.folder('buckets')), (all) => {
      for (const bucket of all.values()) bucket.close();
    });
    deployToBuckets(resources, buckets, synthesised.assetFolder);
    const outbox = closing(openOutbox(data.path('messages.jsonl')), ({ close }) => close());
    const topicLog = openTopicLog();
    // What is running may finish, so all that it works with is closed after it.
    closing(functions, ({ close }) => close());
    openQueues(resources, fauxqs.queues);
    openTopics(resources, fauxqs);

    const sources = closing(
      await openSources(resources, {
        functions,
        queues: fauxqs.queues,
        tables,
        db,
        buckets,
        data,
        work,
        now: clock.now,
        report,
      }),
      ({ close }) => close(),
    );
    const mail = mailService(resources, {
      outbox,
      publish: publisher(fauxqs, sources.pumpQueues),
      changed: work.changed,
    });
    const schedules = openSchedules(resources, functions, statements, clock.now);
    wire.join(
      {
        dynamodb: dynamoDbService(db, ({ accessKeyId }) => {
          schedules.written(functions.caller(accessKeyId)?.name);
          sources.wakeStreams();
        }),
        sqs: queueService(fauxqs, sources.pumpQueues),
        sns: topicService(fauxqs, textService(outbox), topicLog, sources.pumpQueues),
        s3: bucketService(buckets, ({ accessKeyId }) => functions.caller(accessKeyId)),
        ses: mail,
        secretsmanager: secretService(resources, data),
      },
      functions.caller,
    );

    work.add(mail, schedules, { busy: functions.running });
    const edge = openEdge(
      resources,
      new Map([...openHttpApis(resources, functions), ...bucketOrigins(buckets)]),
    );
    const surface = developerSurface({
      outbox,
      topicLog,
      clock,
      faults,
      work,
      schedules,
      identity,
      siteOrigin: port.origin,
    });

    async function serve(request: IncomingMessage, response: ServerResponse) {
      const path = request.url ?? '/';
      if (identity && path.startsWith(`${oidcPath}/`)) return identity.serve(request, response);
      if (identity && (await serveSignIn(identity, request, response))) return;
      const isOurs = /^\/_local(\/|\?|$)/.test(path);
      await answerWith(isOurs ? surface : edge, request, response);
    }
    port.answerWith((request, response) => {
      serve(request, response).catch((error: unknown) => {
        if (request.destroyed) return;
        report(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`);
        if (response.headersSent) response.destroy();
        else
          response
            .writeHead(502, { 'content-type': 'application/json' })
            .end(jsonHttpReply(502, { message: 'Bad Gateway' }).body);
      });
    });

    engine.onLost(() => {
      report('The table engine ended by itself; without it nothing here works');
      process.exit(1);
    });
    schedules.onlyAtStops(true);
    /** What is in the tables is worked on; done when it has been through the streams. */
    const follow = () => {
      sources.followStreams();
      return work.until(sources.isCaughtUp, FOLLOW_PATIENCE_MS);
    };
    /** From here on schedules run, and what fell due while the host was down. */
    function begin() {
      sources.followStreams();
      schedules.onlyAtStops(false);
      work.startDue();
    }
    return { origin: port.origin, data, work, identity, now: clock.now, follow, begin, warm: functions.warm };
  }
}

/** A first week takes seconds; who waits longer is let in before it is through. */
const FOLLOW_PATIENCE_MS = 15_000;

/** All or the first failure, but not before each is there to be closed. */
async function allOpened<Parts extends readonly unknown[]>(
  opening: { [Index in keyof Parts]: Promise<Parts[Index]> },
) {
  await Promise.allSettled(opening);
  return Promise.all(opening) as Promise<{ -readonly [Index in keyof Parts]: Parts[Index] }>;
}
