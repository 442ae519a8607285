/** In order, but never for longer than two seconds; what is only starting ends with the process. */
export function stopOnSignals(stop: () => Promise<void>) {
  let isStopping = false;
  const end = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), 1_800).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(0),
    );
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  // npm killed outright tells nobody; a host left alone would hold its port and data for ever.
  const parent = process.ppid;
  const watch = () => process.ppid !== parent && end();
  if (process.env.npm_lifecycle_event) setInterval(watch, 500).unref();
}
