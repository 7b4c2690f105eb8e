// A process that runs the embedded database and waits to be killed: argv is the data directory and mongod.
import { startEmbeddedDatabase } from '../../server/storage/embedded-database.ts';

const [dataDir = '', mongodBin = ''] = process.argv.slice(2);
const database = await startEmbeddedDatabase({ dataDir, mongodBin, cacheGigabytes: 0.25, ballastBytes: 0 });
console.log(JSON.stringify({ uri: database.uri, mongodPid: database.pid() }));
// The database's process alone does not keep this one alive.
setInterval(() => undefined, 60_000);
