import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';

/** How large an operation may be, with its fragments written out. */
export interface OperationLimits {
  /** Most fields inside of each other. */
  readonly maxDepth: number;
  /** Most fields of `Query`, each of which is answered by itself. */
  readonly maxRootFields: number;
  /** Most fields altogether. */
  readonly maxFields: number;
}

interface Size {
  readonly depth: number;
  readonly rootFields: number;
  readonly fields: number;
}

const EMPTY: Size = { depth: 0, rootFields: 0, fields: 0 };

/** The rule that refuses operations that are larger than they may be. */
export function limitsRule({ maxDepth, maxRootFields, maxFields }: OperationLimits): ValidationRule {
  return (context) => {
    const sizeOf = measuring((name) => context.getFragment(name) ?? undefined);
    return {
      OperationDefinition(node) {
        const { depth, rootFields, fields } = sizeOf(node.selectionSet);
        const check = (reason: string, given: number, limit: number, what: string) => {
          if (given <= limit) return;
          const message = `The operation has ${given} ${what}; at most ${limit} are possible: ask for less at once.`;
          context.reportError(
            new GraphQLError(message, { nodes: node, extensions: { reason, given, limit } }),
          );
        };
        check('TOO_DEEP', depth, maxDepth, 'fields inside of each other');
        check('TOO_MANY_ROOT_FIELDS', rootFields, maxRootFields, 'fields of Query');
        check(
          'TOO_MANY_FIELDS',
          fields,
          maxFields,
          'fields, those of fragments counted wherever they are used',
        );
        return undefined;
      },
    };
  };
}

/** Each fragment is measured once, however often it is used: written out, few of them can be without end. */
function measuring(
  fragmentNamed: (name: string) => FragmentDefinitionNode | undefined,
): (selections: SelectionSetNode) => Size {
  const known = new Map<FragmentDefinitionNode, Size>();
  const ofFragment = (name: string): Size => {
    const fragment = fragmentNamed(name);
    if (!fragment) return EMPTY;
    const size = known.get(fragment);
    if (size) return size;
    // Stands for it within itself, which another rule refuses.
    known.set(fragment, EMPTY);
    const made = sizeOf(fragment.selectionSet);
    known.set(fragment, made);
    return made;
  };
  const sizeOf = ({ selections }: SelectionSetNode): Size => {
    const parts = selections.map((selection): Size => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sizeOf(selection.selectionSet);
      const below = selection.selectionSet ? sizeOf(selection.selectionSet) : EMPTY;
      return { depth: below.depth + 1, rootFields: 1, fields: below.fields + 1 };
    });
    return parts.reduce(
      (sum, part) => ({
        depth: Math.max(sum.depth, part.depth),
        rootFields: sum.rootFields + part.rootFields,
        fields: sum.fields + part.fields,
      }),
      EMPTY,
    );
  };
  return sizeOf;
}
