/** This machine cannot run what the template or a setting asks for. The message is one line and names it. */
export class CannotRun extends Error {
  override name = 'CannotRun';
}
