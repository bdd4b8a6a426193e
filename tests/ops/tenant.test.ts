import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeChanges, type PreviewStep, tenantChanges } from "../../ops/tenant/changes";
import { runTenantCommand } from "../../ops/tenant/command";
import { repository } from "../support/sandbox";

const production = readFileSync(join(repository, "Pulumi.prod.yaml"), "utf8");

const urn = (types: string, name: string) =>
    `urn:pulumi:prod::platforms::platforms:ml-platform:MlPlatform$${types}::${name}`;
const tenantUrn = (tenant: string) => urn("platforms:ml-platform:MlTenant", `ml-platform-${tenant}`);
const steps: readonly PreviewStep[] = [
    { op: "create", urn: tenantUrn("fraud"), newState: { parent: urn("x", "ml-platform") } },
    { op: "create", urn: tenantUrn("fraud-eu"), newState: { parent: urn("x", "ml-platform") } },
    { op: "create", urn: urn("a$aws:s3/bucket:Bucket", "one"), newState: { parent: tenantUrn("fraud") } },
    { op: "same", urn: urn("a$aws:s3/bucket:Bucket", "two"), newState: { parent: tenantUrn("fraud") } },
    { op: "delete", urn: urn("a$aws:s3/bucket:Bucket", "three"), oldState: { parent: tenantUrn("fraud-eu") } },
];

describe("the tenant command", () => {
    let folder: string;
    let printed: string[];
    let complaints: string[];
    let previewed: string[];
    const file = () => readFileSync(join(folder, "Pulumi.prod.yaml"), "utf8");
    const run = (...args: readonly string[]) =>
        runTenantCommand(args, {
            projectDir: folder,
            preview: async (stack) => {
                previewed.push(stack);
                return steps;
            },
            print: (text) => printed.push(text),
            complain: (text) => complaints.push(text),
        });
    /** Asserts that a command is refused, says so, and leaves the file as it is. */
    const refused = async (message: RegExp, ...args: readonly string[]) => {
        const before = file();
        assert.equal(await run(...args), 1);
        assert.match(complaints.join("\n"), message);
        assert.equal(file(), before);
        assert.deepEqual(previewed, []);
    };

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "tenant-"));
        [printed, complaints, previewed] = [[], [], []];
        writeFileSync(join(folder, "Pulumi.prod.yaml"), production);
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("adds a block and leaves every other line as it is", async () => {
        assert.equal(await run("add", "lending", "--stack", "prod", "--memory-optimized", "--staging"), 0);
        const block = ["lending:", "    memoryOptimized: true", "    production: {}", "    staging: {}"];
        const added = block.map((line) => `            ${line}\n`).join("");
        assert.ok(file().includes(added), file());
        assert.equal(file().replace(added, ""), production);
        assert.deepEqual(previewed, ["prod"]);
    });

    it("adds without flags a general-purpose tenant with one cluster", async () => {
        assert.equal(await run("add", "lending", "--stack", "prod"), 0);
        assert.match(file(), /lending:\n {16}memoryOptimized: false\n {16}production: \{\}\n(?! {16})/);
    });

    it("takes out what it added, once it isn't protected", async () => {
        await run("add", "lending", "--stack", "prod");
        assert.equal(await run("remove", "lending", "--stack", "prod", "--unprotect"), 0);
        assert.match(file(), /lending:\n(.*\n)+ {16}protect: false\n/);
        assert.equal(await run("remove", "lending", "--stack", "prod"), 0);
        assert.equal(file(), production);
    });

    it("removes a tenant with the comment above it, and the last one with the key", async () => {
        for (const tenant of ["merchant", "fraud", "credit"]) {
            await run("remove", tenant, "--stack", "prod", "--unprotect");
            assert.equal(await run("remove", tenant, "--stack", "prod"), 0, complaints.join("\n"));
            assert.doesNotMatch(file(), /merchant risk; no staging/);
        }
        assert.doesNotMatch(file(), /tenants:/);
        assert.equal(await run("add", "lending", "--stack", "prod"), 0);
        assert.match(file(), /^ {8}tenants:\n {12}lending:\n {16}memoryOptimized: false\n/m);
    });

    it("refuses to remove a protected tenant, with path and mend", () =>
        refused(
            /^platforms:mlPlatform\.tenants\.fraud\.protect: expected false before the tenant is removed, got true; run `npm run tenant -- remove fraud --stack <stack> --unprotect`/,
            "remove",
            "fraud",
            "--stack",
            "prod",
        ));

    it("refuses a tenant that is there, one that isn't, and a stack that isn't", async () => {
        await refused(/tenants\.fraud: expected a tenant that isn't there yet/, "add", "fraud", "--stack", "prod");
        await refused(
            /tenants\.nobody: expected one of fraud, credit, merchant, got "nobody"/,
            "remove",
            "nobody",
            "--stack",
            "prod",
        );
        await refused(/there is no stack moon/, "add", "lending", "--stack", "moon");
    });

    for (const [name, message] of [
        ["Fraud_EU", /platforms:mlPlatform\.tenants: expected a tenant name of 2 to 20 lower-case.*got "Fraud_EU"/],
        ["a-name-that-is-much-too-long", /expected a tenant name of 2 to 20 lower-case/],
        ["shared", /tenants\.shared: expected a name other than shared, platform, default, aws, all/],
        ["fra-ud", /tenants\.fra-ud: expected a name that differs from fraud by more than hyphens/],
    ] as const) {
        it(`refuses the name ${name} and leaves the file alone`, () =>
            refused(message, "add", name, "--stack", "prod"));
    }

    it("lists tenants with what they have", async () => {
        assert.equal(await run("list", "--stack", "prod"), 0);
        assert.match(printed.join("\n"), /^fraud +memory-optimised {2}production and staging {2}protected$/m);
        assert.match(printed.join("\n"), /^merchant +memory-optimised {2}production +protected$/m);
    });

    it("shows only the tenant's own changes and counts the others", () => {
        const changes = tenantChanges(steps, "fraud");
        assert.deepEqual(
            changes.own.map((step) => step.urn),
            [steps[0]?.urn, steps[2]?.urn],
        );
        assert.equal(changes.elsewhere, 2);
        const text = describeChanges(changes, "fraud");
        assert.match(text, /^ {2}\+ {2}aws:s3\/bucket:Bucket one$/m);
        assert.match(text, /tenant fraud: 2 to create\n2 changes elsewhere/);
        assert.match(describeChanges({ own: [], elsewhere: 0 }, "fraud"), /no changes$/);
    });
});
