// A certificate for the providers' names on loopback, by an authority that is made for it: some clients take none
// that its own key signed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const configuration = (hosts) => `
[req]
distinguished_name = name
prompt = no
[name]
CN = Hookscope client tests
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = ${hosts.map((host) => `DNS:${host}`).join(', ')}
`;

// Written into the folder: what a server needs, and the file for those who are to trust it.
export function makeCertificate(folder, hosts) {
    const at = (name) => join(folder, name);
    writeFileSync(at('openssl.cnf'), configuration(hosts));
    const make = (name, section, ...by) => execFileSync('openssl',
        ['req', '-x509', '-config', at('openssl.cnf'), '-extensions', section, '-days', '2', '-nodes', '-newkey', 'ec',
         '-pkeyopt', 'ec_paramgen_curve:P-256', '-subj', `/CN=Hookscope client tests, ${section}`,
         '-keyout', at(`${name}-key.pem`), '-out', at(`${name}.pem`), ...by], { stdio: ['ignore', 'ignore', 'pipe'] });
    make('authority', 'authority');
    make('server', 'server', '-CA', at('authority.pem'), '-CAkey', at('authority-key.pem'));
    return { file: at('authority.pem'),
             credentials: { key: readFileSync(at('server-key.pem')), cert: readFileSync(at('server.pem')) } };
}
