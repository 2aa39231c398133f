/** What stands on the objects that a plan makes, so that they are found in the database itself. */
export function markerComment(id: string): string {
  return `schemaward:evolution v=1 id=${id}`;
}
