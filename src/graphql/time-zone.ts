import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { unfit } from './scalars.ts';

/** Names that the process may still give for zones that were renamed since; databases may lack the old ones. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** A zone's one name, so that `europe/berlin` asks the same question as `Europe/Berlin`. */
export const TimeZoneScalar = new GraphQLScalarType<string, string>({
  name: 'TimeZone',
  description:
    'A time zone by its IANA name: `Europe/Berlin`. Offsets are none, since they do not know summer time.',
  parseValue: (value) => timeZone(value),
  parseLiteral: (node) => timeZone(node.kind === Kind.STRING ? node.value : undefined, node),
  serialize: (value) => value as string,
});

function timeZone(text: unknown, node?: ValueNode): string {
  // Later releases of Node take offsets for zones.
  const canonical = typeof text === 'string' && !/^[+-]/.test(text) ? canonicalName(text) : undefined;
  if (canonical !== undefined) return canonical;
  throw unfit('the IANA name of a time zone such as "Europe/Berlin"', text, node);
}

function canonicalName(text: string): string | undefined {
  try {
    const { timeZone: name } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return RENAMED[name] ?? name;
  } catch {
    return undefined;
  }
}
