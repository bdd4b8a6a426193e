/** `npm run cli`: gets the Pulumi CLI where there is none, and prints its path. Tests have no time to build one. */
import { locateCli } from "./locate";

locateCli({ report: (line) => console.error(line) }).then(
    (path) => console.log(path),
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
    },
);
