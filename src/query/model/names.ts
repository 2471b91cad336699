/** num_queries → numQueries */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** num_queries → NUM_QUERIES */
export function screamingCase(name: string): string {
  return name.toUpperCase();
}
