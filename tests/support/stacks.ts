import { readdirSync } from "node:fs";
import { repository } from "./sandbox";

/** Names of the stacks that the repository has a file for. `Pulumi.<stack>.deploy.yaml` holds deployment settings. */
export const stackNames: readonly string[] = readdirSync(repository)
    .map((file) => /^Pulumi\.([\w-]+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
