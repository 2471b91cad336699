import type { ApiModel } from '../graphql/define.ts';
import { DirectoryResolver } from './fields/directory.ts';
import { Firm, FirmFields, User, UserFields } from './fields/entities.ts';
import { MartsResolver } from './fields/marts/resolver.ts';
import { comparePowerUsersResolver, PowerUserOverlapLists } from './fields/power-users/overlap-resolver.ts';
import { powerUsersResolver } from './fields/power-users/resolver.ts';
import { semantic } from './semantic.ts';

/** The law firms' model: what is measured of the usage of a legal AI assistant, with fields of its own. */
export const model: ApiModel = {
  model: semantic,
  entities: { Firm, User },
  resolvers: [
    FirmFields,
    UserFields,
    DirectoryResolver,
    MartsResolver,
    powerUsersResolver(semantic),
    comparePowerUsersResolver(semantic),
    PowerUserOverlapLists,
  ],
};
