// A certificate that its own key signed, for the providers' names on loopback.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Written into the folder: what a server needs, and the file for those who are to trust it.
export function makeCertificate(folder, hosts) {
    const key = join(folder, 'upstream-key.pem');
    const file = join(folder, 'upstream.pem');
    const names = hosts.map((host) => `DNS:${host}`).join(',');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
                             '-subj', '/CN=Hookscope client tests', '-addext', `subjectAltName=${names}`,
                             '-keyout', key, '-out', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    return { file, credentials: { key: readFileSync(key), cert: readFileSync(file) } };
}
