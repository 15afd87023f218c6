/** What is cleared, by the keys of taints, where a name is true, and where it is false. */
export interface Flag {
  yes: ReadonlyMap<string, number>;
  no: ReadonlyMap<string, number>;
}
