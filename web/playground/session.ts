import { storage } from './storage.ts';

/** What the editors begin with. */
export interface Editors {
  readonly initialQuery?: string;
  readonly initialVariables?: string;
}

/**
 * The texts of the tab that was active at the last visit, or nothing on the first one. GraphiQL stores the editors'
 * texts beside the tabs and at other moments; a reload in between finds a text that belongs to no tab and opens one
 * more for it. Taken from the tabs themselves, they always belong to one.
 */
export function storedEditors(): Editors {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '');
    const { query, variables } = tabs[activeTabIndex];
    return { initialQuery: query ?? '', initialVariables: variables ?? '' };
  } catch {
    return {};
  }
}
