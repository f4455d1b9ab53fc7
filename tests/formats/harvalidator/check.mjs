// Checks HAR files against the JSON schema of har-schema: check.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const validate = createRequire(import.meta.url)("har-validator/lib/promise.js");

for (const path of process.argv.slice(2)) {
    const har = JSON.parse(readFileSync(path, "utf8"));
    try {
        await validate.har(har);
    } catch (error) {
        console.error(`${path} is no valid HAR:`, JSON.stringify(error.errors ?? String(error), null, 2));
        process.exit(1);
    }
    console.log(`${path}: ${har.log.entries.length} entries, valid`);
}
