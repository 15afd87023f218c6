/** One registration of a handler. */
export interface Registered {
  method: string;
  /** What stands before the handler: middleware as it is written, with what it does where that is in the program. */
  guards: string;
}
