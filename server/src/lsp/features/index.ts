import type { Feature } from '../session.ts';
import { codeActions } from './code-actions.ts';
import { completion } from './completion.ts';
import { connections } from './connections.ts';
import { contracts } from './contracts.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentSymbols } from './document-symbols.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { ownRequests } from './own-requests.ts';
import { proposals } from './proposals.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { status } from './status.ts';

export const features: readonly Feature[] = [
  diagnostics,
  codeActions,
  hover,
  definition,
  documentSymbols,
  inlayHints,
  completion,
  references,
  rename,
  semanticTokens,
  status,
  contracts,
  proposals,
  connections,
  ownRequests,
];
