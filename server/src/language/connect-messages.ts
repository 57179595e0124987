/** The requests of protocol/language.ts that are about connecting MCP clients to the gateway. */
import type { Connection } from 'vscode-languageserver';
import { clientPlaces, planConnection } from '../mcp/connect/index.ts';
import type {
  ApplyParams,
  ApplyResult,
  ClientPlace,
  ClientPlacesParams,
  ConnectParams,
  ConnectPlan,
} from '../protocol/connect.ts';
import { languageMessages } from '../protocol/language.ts';
import type { Session } from './session.ts';

const UNTRUSTED: ApplyResult = { backups: [], problem: 'This workspace is not trusted, so nothing was written.' };
const BROKEN: ApplyResult = { backups: [], problem: 'Nothing was written. The log of the language server says why.' };

export function handleConnections(connection: Connection, session: Session): void {
  const { safe, runtime, workspace } = session;
  connection.onRequest(
    languageMessages.clientPlaces,
    safe.request('clientPlaces', [] as readonly ClientPlace[], ({ folder }: ClientPlacesParams) =>
      clientPlaces(runtime.clientsAround(folder)),
    ),
  );
  connection.onRequest(
    languageMessages.planConnection,
    safe.request('planConnection', null, async (params: ConnectParams): Promise<ConnectPlan | null> => {
      const definition = workspace.server(params.server);
      if (definition === undefined) return null;
      return await planConnection(params, definition, runtime.clientsAround(params.folder));
    }),
  );
  connection.onRequest(
    languageMessages.applyChanges,
    safe.request('applyChanges', BROKEN, async (params: ApplyParams) => {
      if (!workspace.trusted) return UNTRUSTED;
      const result = await runtime.applyChanges(params);
      // Nobody watches the user's own files.
      await session.reload();
      return result;
    }),
  );
}
