import type { Node } from "../../engine/node";
import type { ResourceRule } from "../../engine/rule";

/** The parameter by which each engine refuses plain connections, by the prefix of its family, and whether it does so by default. */
const parameters: readonly {
    readonly family: RegExp;
    readonly name: string;
    readonly on: RegExp;
    readonly byDefault: boolean;
}[] = [
    // On from version 15: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
    {
        family: /^(?:aurora-)?postgres(?:ql)?(?:9|1[0-4])/,
        name: "rds.force_ssl",
        on: /^(?:1|on|true)$/i,
        byDefault: false,
    },
    { family: /^aurora-postgresql1[56]/, name: "rds.force_ssl", on: /^(?:1|on|true)$/i, byDefault: false },
    { family: /^(?:aurora-)?postgres/, name: "rds.force_ssl", on: /^(?:1|on|true)$/i, byDefault: true },
    { family: /^sqlserver/, name: "rds.force_ssl", on: /^(?:1|on|true)$/i, byDefault: false },
    {
        family: /^(?:aurora-)?(?:mysql|mariadb)/,
        name: "require_secure_transport",
        on: /^(?:1|on|true)$/i,
        byDefault: false,
    },
    { family: /^redshift/, name: "require_ssl", on: /^(?:1|on|true)$/i, byDefault: false },
    { family: /^docdb/, name: "tls", on: /^(?:enabled|tls1\.[23]\+|fips-140-3)$/i, byDefault: true },
];

function named(list: Node, name: string): Node | undefined {
    return list.items().find((item) => item.get("name").string === name);
}

export const databaseForceTls: ResourceRule = {
    id: "database-force-tls",
    title: "Databases refuse connections without TLS",
    category: "in-transit",
    enforcement: "mandatory",
    severity: "medium",
    why: "A client that is not told to use TLS sends its password and its queries in plain.",
    remediation:
        "Set the parameter named in the finding (rds.force_ssl, require_secure_transport, require_ssl, tls) in parameters.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
    frameworks: [
        { name: "AWS FSBP", control: "RDS.41" },
        { name: "AWS FSBP", control: "RDS.44" },
        { name: "AWS FSBP", control: "Redshift.2" },
        { name: "AWS FSBP", control: "DocumentDB.6" },
    ],
    types: [
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        "aws:redshift/parameterGroup:ParameterGroup",
        "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
    ],
    check({ type, inputs }, report) {
        const family = inputs.get("family").string ?? "";
        const parameter = parameters.find((entry) => entry.family.test(family));
        const list = inputs.get("parameters");
        // In Aurora the setting belongs to the cluster; a group for its instances cannot hold it.
        if (
            parameter === undefined ||
            (type === "aws:rds/parameterGroup:ParameterGroup" && family.startsWith("aurora-"))
        ) {
            return;
        }
        const value = named(list, parameter.name)?.get("value");
        if (list.unknown || value?.unknown) {
            report.undecided(value ?? list);
        } else if (value === undefined ? !parameter.byDefault : !parameter.on.test(String(value.plain(1)))) {
            report.violation(
                value ?? list,
                "plain connections are let in",
                `the parameter ${parameter.name} to refuse them`,
            );
        }
    },
};
