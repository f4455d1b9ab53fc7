// What the tests start by `hookscope --run`: the SDKs, which know nothing but their environment. Prints a line of
// JSON for each call: its name, the tokens that the SDK reports, and the bytes of the answer that reached it.
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';

import { calls } from './launchedcalls.mjs';

// Older Nodes' fetch does not look at the proxy variables by itself (NODE_USE_ENV_PROXY).
if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy'))
    setGlobalDispatcher(new EnvHttpProxyAgent());

let body = null;
const builtin = globalThis.fetch;
globalThis.fetch = async (...request) => {
    const response = await builtin(...request);
    body = response.clone().arrayBuffer();
    return response;
};

for (const { client, recorded } of calls) {
    const answer = await client.call(undefined, recorded, { 'x-fixture': recorded.name });
    const bytes = Buffer.from(await body).toString('base64');
    console.log(JSON.stringify({ name: recorded.name, tokens: client.tokens(answer, recorded), bytes }));
}
