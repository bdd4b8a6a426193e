import { CreateDBSnapshotCommand, RDSClient } from "@aws-sdk/client-rds";
import type { Step } from "./session";

/** A snapshot of a database instance, named by the second; it stays until somebody deletes it. */
export function backup(region: string, instance: string, now = new Date()): Step {
    const snapshot = `${instance}-manual-${now.toISOString().slice(0, 19).replace(/[:T]/g, "-")}`;
    return {
        does: `take snapshot ${snapshot} of ${instance}`,
        run: () =>
            new RDSClient({ region }).send(
                new CreateDBSnapshotCommand({ DBInstanceIdentifier: instance, DBSnapshotIdentifier: snapshot }),
            ),
    };
}
