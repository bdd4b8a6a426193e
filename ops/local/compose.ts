import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What people ask of their local environment. */
export type LocalCommand =
    | { readonly kind: "up" }
    | { readonly kind: "down"; readonly volumes: boolean }
    | { readonly kind: "logs"; readonly services: readonly string[]; readonly follow: boolean }
    | { readonly kind: "status" };

export interface LocalFiles {
    readonly compose: string;
    /** Passwords of this machine's own; git doesn't see them. */
    readonly environment: string;
}

export const localFiles = (projectDir: string): LocalFiles => ({
    compose: join(projectDir, "local", "compose.yaml"),
    environment: join(projectDir, "local", ".env"),
});

/** Arguments of `docker` for a command. */
export function composeArguments(files: LocalFiles, command: LocalCommand): string[] {
    const compose = ["compose", "--file", files.compose, "--env-file", files.environment];
    switch (command.kind) {
        case "up":
            // ends when all of them are healthy, or one can't become so
            return [...compose, "up", "--detach", "--wait", "--wait-timeout", "180", "--remove-orphans"];
        case "down":
            return [...compose, "down", "--remove-orphans", ...(command.volumes ? ["--volumes"] : [])];
        case "logs":
            return [...compose, "logs", "--tail", "200", ...(command.follow ? ["--follow"] : []), ...command.services];
        case "status":
            return [...compose, "ps", "--all"];
    }
}

/** Makes passwords once; the database keeps the one that it was made with. @returns whether they are new */
export function ensurePasswords({ environment }: LocalFiles): boolean {
    if (existsSync(environment)) {
        return false;
    }
    const password = () => randomBytes(18).toString("hex");
    writeFileSync(environment, `POSTGRES_PASSWORD=${password()}\nREDIS_PASSWORD=${password()}\n`, { mode: 0o600 });
    return true;
}

/** Where everything is, for the app's own settings. */
export const addresses = (files: LocalFiles): string => `PostgreSQL  postgresql://taskava@127.0.0.1:5432/taskava
Redis       redis://127.0.0.1:6379
LocalStack  http://127.0.0.1:4566 (buckets taskava-local-files, -static, -backups)
Mail        smtp://127.0.0.1:1025, to read at http://127.0.0.1:8025
Passwords   ${files.environment}`;
